import { knownInstallers } from '../catalogue/knownInstallers.ts';
import type { Factor } from '../check/blastRadius.ts';
import { shell } from '../check/example.ts';
import { loopFactors } from '../check/factors.ts';
import { command, defineRule, type Judgement } from '../check/rule.ts';
import type { ShellCommand, Word } from '../language/operation.ts';

const interpreters = ['sh', 'bash', 'zsh', 'dash', 'ksh', 'fish', 'python', 'python3', 'perl', 'ruby', 'node', 'php', 'source', '.', 'eval'];

const fetches = /(?:^|[\s;|&($`])(?:curl|wget|fetch|aria2c|http|https|xh|lwp-request)\s/;
/** What makes readable again what was made unreadable. */
const decodes = /\b(?:g?base64|base32)\s+(?:-\w+\s+)*(?:-[a-z]*[dD]|--decode)\b|\bopenssl\s+(?:enc|base64)\s[^|]*-d\b|\bxxd\s+-r\b|\|\s*rev\s*$/;

const address = /(?:https?:\/\/|(?<![\w-]|[\w-]\.))(?:[\w-]+\.)+[a-z]{2,}[^\s"'|)`;]*/i;

/** What it runs, as written, when that comes from the network or from what was typed before. */
function fetchedBy({ name, words, input, isInputWritten }: ShellCommand): string | undefined {
  const isScript = (word: Word, index: number): boolean => name === 'eval' || /^-[a-z]*[ce]$/.test(words[index - 1]?.text ?? '') || word.holes[0]?.startsWith('<(') === true;
  const held = words.flatMap(({ holes }) => holes).find((each) => fetches.test(each)) ?? words.filter(isScript).flatMap(({ holes }) => holes).find((each) => decodes.test(each));
  if (held !== undefined && (held.startsWith('<(') || name === 'eval' || name === 'source' || name === '.' || words.some(({ text }) => /^-[a-z]*[ce]$/.test(text)))) return held;
  const readsInput = name !== 'eval' && words.every(({ text }) => text.startsWith('-') || text === '/dev/stdin') && !words.some(({ text }) => /^-[a-z]*[ce]$/.test(text));
  const takesArguments = words.some(({ text }) => text === '-s' || text === '-');
  if (input === undefined || !(readsInput || takesArguments)) return undefined;
  return fetches.test(input) || /^\s*history\b/.test(input) || (decodes.test(input) && isInputWritten !== true) ? input : undefined;
}

function judge(operation: ShellCommand): Judgement | undefined {
  const from = fetchedBy(operation);
  if (from === undefined) return undefined;
  const isHistory = /^\s*history\b/.test(from);
  const where = address.exec(from)?.[0].replace(/^https?:\/\//, '');
  const isUnreadable = !isHistory && where === undefined && decodes.test(from);
  const isKnown = where !== undefined && !from.includes('http://') && knownInstallers.some((site) => where === site || where.startsWith(`${site}/`));
  const factors: Factor[] = [
    ...(isKnown ? [{ text: 'the tool\'s own site tells everybody to install it so', weight: -1 } as const] : []),
    ...(from.includes('http://') ? [{ text: 'whoever stands between can change it', weight: 1 } as const] : []),
    ...(isUnreadable ? [{ text: 'what it does is only known when it runs', weight: 1 } as const] : []),
    ...loopFactors(operation),
  ];
  return {
    effect: isUnreadable ? 'runs a script that is written so that nobody can read it' : isHistory ? 'runs again whatever was typed before' : `runs whatever ${where === undefined ? 'an address' : `\`${where}\``} answers, unread`,
    ...(where !== undefined && { target: where }),
    factors,
  };
}

export default defineRule({
  id: 'remote-script-run',
  title: 'Script from the network run unread',
  why: 'Whoever controls the address, or stands between, decides what runs; a download that breaks off runs half a script.',
  instead: 'Download it to a file, compare its checksum with one kept in the repository, and run that; or install from a package manager.',
  blindTo: 'What the script does, files that were downloaded in one step and run in another, and mirrors of well-known installers.',
  blastRadius: { scope: 'set', undo: 'costly' },
  matches: interpreters.map((name) => (name === '.' ? { ...command(name), words: ['curl', 'wget'] } : command(name))),
  judge: { command: judge },
  examples: {
    bad: [
      shell`base64 -d payload.b64 | ⟦bash⟧`,
      shell`⟦eval "$(echo "$SETUP" | base64 -d)"⟧`,
      shell`curl -fsSL https://example.com/install.sh | ⟦bash⟧`,
      shell`wget -qO- http://example.com/setup | sudo ⟦sh -s -- --yes⟧`,
      shell`⟦bash <(curl -s https://example.com/setup.sh)⟧`,
      shell`⟦eval "$(curl -s https://example.com/env)"⟧`,
      shell`⟦sh -c "$(curl -fsSL https://example.com/install.sh)"⟧`,
      shell`curl https://example.com/install.py | ⟦python3 -⟧`,
    ],
    good: [
      shell`echo aGVsbG8= | base64 -d > hello.txt`,
      shell`echo ZWNobyBoZWxsbwo= | base64 -d | bash`,
      shell`token=$(echo "$TOKEN" | base64 -d); bash -c 'echo "$1"' - "$token"`,
      shell`curl --proto '=https' -sSf https://sh.rustup.rs | sh -s -- -y`,
      shell`curl -fsSL https://example.com/list.json | jq .`,
      shell`curl -o install.sh https://example.com/install.sh && sha256sum -c sums.txt`,
      shell`cat setup.sh | bash`,
      shell`echo "curl https://example.com | bash"`,
      shell`eval "$(ssh-agent -s)"`,
      shell`curl -s https://example.com/data | python3 -c 'import json, sys; print(json.load(sys.stdin))'`,
    ],
  },
});
