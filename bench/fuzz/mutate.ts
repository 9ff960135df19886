/** A generator of random numbers that gives the same ones for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** What breaks parsers: quotes, brackets, ends of lines, marks, halves of pairs. */
const breakers = ['"', "'", '`', '"""', "'''", '(', ')', '[', ']', '{', '}', '<<EOF\n', '$(', '${', '#{', '\\', '\n', '\r', '\r\n', '\0', '\t', '\uFEFF', '\uD83D', '\uDE00', '\u2028', '/*', '*/', '//', '--', '#', ';', '|', '&&', '$$', '%', '@', '\uE000', '=', '=>', ':', '- ', '  ', 'E\'', '!', '~'];

type Mutation = (text: string, other: string, random: () => number) => string;

const at = (text: string, random: () => number) => Math.floor(random() * (text.length + 1));

function stretch(text: string, random: () => number): readonly [from: number, to: number] {
  const [a, b] = [at(text, random), at(text, random)];
  return [Math.min(a, b), Math.max(a, b)];
}

const mutations: readonly Mutation[] = [
  // Half-typed, and what is left of a file that was cut off.
  (text, _other, random) => text.slice(0, at(text, random)),
  (text, _other, random) => text.slice(at(text, random)),
  (text, _other, random) => {
    const [from, to] = stretch(text, random);
    return text.slice(0, from) + text.slice(to);
  },
  (text, _other, random) => {
    const place = at(text, random);
    return text.slice(0, place) + (breakers[Math.floor(random() * breakers.length)] ?? '') + text.slice(place);
  },
  (text, _other, random) => {
    const [from, to] = stretch(text, random);
    return text.slice(0, to) + text.slice(from, to) + text.slice(to);
  },
  (text, other, random) => {
    const [from, to] = stretch(other, random);
    const place = at(text, random);
    return text.slice(0, place) + other.slice(from, to) + text.slice(place);
  },
  (text, _other, random) => {
    const words = text.split(/\b/);
    const [a, b] = [Math.floor(random() * words.length), Math.floor(random() * words.length)];
    [words[a], words[b]] = [words[b] ?? '', words[a] ?? ''];
    return words.join('');
  },
  (text, _other, random) => {
    const place = at(text, random);
    return text.slice(0, place) + String.fromCharCode(Math.floor(random() * 65536)) + text.slice(place + 1);
  },
  (text, _other, random) => {
    const breaker = breakers[Math.floor(random() * breakers.length)] ?? '';
    const place = at(text, random);
    return text.slice(0, place) + breaker.repeat(1 + Math.floor(random() * 200)) + text.slice(place);
  },
];

/** A text that something happened to, once or several times; no longer than needed to be odd. */
export function mutated(text: string, other: string, random: () => number): string {
  let result = text;
  for (let times = 1 + Math.floor(random() * 3); times > 0; times--) result = mutations[Math.floor(random() * mutations.length)]?.(result, other, random) ?? result;
  return result.slice(0, 20_000);
}
