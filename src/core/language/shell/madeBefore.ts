import { hole, type Operation, type ShellCommand, type Word } from '../operation.ts';

/** How tools call what makes a thing, and what takes it away again. */
const makes = /^(?:create|mb|make|new|add)$/;
const takes = /^(?:delete|rm|remove|drop|destroy|rb)$/;

/** Marks what git throws away in a clone that the script made and went into: nobody has worked there. */
export function knowingOwnClones(operations: readonly Operation[]): Operation[] {
  const clones = new Set<string>();
  let isInClone = false;
  return operations.map((operation) => {
    if (operation.kind !== 'command') return operation;
    const { name, words } = operation;
    if (name === 'cd' || name === 'pushd') isInClone = words.length > 0 && clones.has(plain(words[0]));
    if (name !== 'git') return operation;
    const operands = words.filter(({ text }) => !text.startsWith('-'));
    if (operands[0]?.text === 'clone') {
      const target = operands.length > 2 ? plain(operands.at(-1)) : (/(?<![\w.-])([\w.-]+?)(?:\.git)?\/?$/.exec(plain(operands.at(-1)))?.[1] ?? '');
      clones.add(target);
    }
    return isInClone ? { ...operation, isScratch: true } : operation;
  });
}

function plain(word: Pick<Word, 'text' | 'source'> | undefined): string {
  return word === undefined ? '' : (word.text.includes(hole) ? word.source : word.text).replace(/["']/g, '').replace(/^\.\//, '').replace(/\/$/, '');
}

/** Marks commands that take away what the script made before, under the same name, on every way that leads there. */
export function knowingWhatScriptMade(operations: readonly Operation[], text: string): Operation[] {
  const made = operations.filter((operation): operation is ShellCommand => operation.kind === 'command' && isMaking(operation));
  if (made.length === 0) return [...operations];
  return operations.map((operation) => {
    const isOwn = operation.kind === 'command' && ((isTrapped(operation, text) && made.some((maker) => maker.address.length === 0 && isOfName(maker, operation))) || made.some((maker) => maker.range.endExclusive <= operation.range.start && isOf(maker, operation) && leadsTo(text.slice(maker.range.endExclusive, operation.range.start))));
    return isOwn ? { ...operation, isScratch: true } : operation;
  });
}

/** Whether it is done when the script ends, by a function that it names for that. */
function isTrapped({ address }: ShellCommand, text: string): boolean {
  return address.some((name) => new RegExp(`^\\s*trap\\s+["']?${name.replace(/\W/g, '\\$&')}["']?\\s[^\\n]*\\bEXIT\\b`, 'm').test(text));
}

/** One that says that it may have been there before, or only writes it out, makes nothing. */
function isMaking({ name, words }: ShellCommand): boolean {
  return (name === 'createdb' || containerOf({ name, words }) !== undefined || words.some(({ text }) => makes.test(text))) && !words.some(({ text }) => /^--(?:dry-run|if-not-exists|help)\b/.test(text));
}

/** The name that a container is started under: `docker run --name db postgres`. */
function containerOf({ name, words }: Pick<ShellCommand, 'name' | 'words'>): string | undefined {
  if (!/^(?:docker|podman|nerdctl)$/.test(name) || !words.some(({ text }) => text === 'run' || text === 'create')) return undefined;
  const at = words.findIndex(({ text }) => text === '--name');
  return at === -1 ? words.map(({ text, source }) => (text.startsWith('--name=') ? plain({ text, source }).slice('--name='.length) : undefined)).find((each) => each !== undefined) : plain(words[at + 1]);
}

function isOf(maker: ShellCommand, taker: ShellCommand): boolean {
  return maker.address.join() === taker.address.join() && isOfName(maker, taker);
}

function isOfName(maker: ShellCommand, taker: ShellCommand): boolean {
  const container = containerOf(maker);

  if (container !== undefined) {
    const taken = maker.name === taker.name ? taker.words.filter(({ text }) => !text.startsWith('-')).map(plain) : [];
    return /^(?:rm|kill|stop|container)$/.test(taken[0] ?? '') && taken.length > 1 && taken.filter((each) => !/^(?:rm|kill|stop|container)$/.test(each)).every((each) => each === container);
  }
  const [made, taken] = maker.name === 'createdb' && taker.name === 'dropdb' ? [operandsIn(maker.words), operandsIn(taker.words)] : maker.name === taker.name ? [thingsBehind(maker.words, makes), thingsBehind(taker.words, takes)] : [[], []];
  return taken.length > 0 && taken.every((each, at) => each === made[at]);
}

/** What stands before the verb, and behind it: `volume`, `data` of `docker volume rm data`. */
function thingsBehind(words: readonly Word[], verb: RegExp): string[] {
  const operands = operandsIn(words);
  const at = operands.findIndex((text) => verb.test(text));
  return at === -1 || at === operands.length - 1 ? [] : operands.toSpliced(at, 1);
}

function operandsIn(words: readonly Word[]): string[] {
  return words.flatMap(({ text, source }) => (text.startsWith('-') ? [] : [text.includes(hole) ? source.replace(/^(["'])(.*)\1$/s, '$2') : text.replace(/^ns$|^namespaces$/, 'namespace')]));
}

const steps = /(?<![\w$-])(?:if|case|for|while|until|fi|esac|done|else|elif)(?![\w-])|[{}]|;;/g;
const opens = /^(?:if|case|for|while|until|\{)$/;
const closes = /^(?:fi|esac|done|\})$/;

/** Whether nobody comes to the end of a stretch but through its beginning: nothing leaves the block that it begins in, or does without. */
function leadsTo(between: string): boolean {
  if (/^[^\n;]*(?:\|\||2>\s*\/dev\/null)/.test(between)) return false;
  let depth = 0;
  for (const [step] of between.replace(/\$\{[^}]*\}/g, '').matchAll(steps)) {
    if (opens.test(step)) depth++;
    else if (closes.test(step)) depth--;
    if (depth < 0 || (depth === 0 && /^(?:else|elif|;;)$/.test(step))) return false;
  }
  return true;
}
