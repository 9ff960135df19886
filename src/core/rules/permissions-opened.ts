import type { Scope } from '../check/blastRadius.ts';
import { shell } from '../check/example.ts';
import { loopFactors, productionFactors, quoted } from '../check/factors.ts';
import { type PathKind, pathKindOf, worstOf } from '../check/paths.ts';
import { command, defineRule, type Judgement } from '../check/rule.ts';
import { hole, type ShellCommand, type Word } from '../language/operation.ts';
import { hasOption, operandsOf } from '../language/shell/options.ts';

/** What the machine cannot work without; one directory of an application is its owner's business. */
const scopeOf: Readonly<Partial<Record<PathKind, Scope>>> = { root: 'environment', system: 'service', unbounded: 'environment', here: 'collection' };

const openToAll = /^(?:0?777|0?666|a=rwx|a\+rwx|a\+w|ugo\+w|ugo\+rwx|o\+w|o\+rwx|\+w)$/;
const closedToAll = /^0?000$|^(?:a|ugo)-r/;

const changes: Readonly<Record<string, string>> = { chmod: 'changes who may read, write and run', chown: 'changes the owner of', chgrp: 'changes the group of', setfacl: 'changes who may use' };

function judge(operation: ShellCommand): Judgement | undefined {
  const { name, words } = operation;
  if (!hasOption(words, '-R', '--recursive') || hasOption(words, '--help')) return undefined;
  const operands = operandsOf(words.filter(({ text }) => !/^-[rwxXst]+$/.test(text)), ['--from', '-m', '-x', '-M']);
  const mode = operands[0]?.text ?? '';
  // With one word, or with `--reference`, there is no mode or owner before the paths.
  const paths = name === 'setfacl' || operands.length === 1 || hasOption(words, '--reference') ? operands : operands.slice(1);
  const opens = name === 'chmod' && openToAll.test(mode);
  const closes = name === 'chmod' && closedToAll.test(mode);
  const kinds = paths.map(({ text, holes }) => pathKindOf(text, holes));
  const kind = worstOf(kinds);
  const worst = paths[kinds.indexOf(kind)];
  const scope = scopeOf[kind] ?? (kind === 'absolute' && (opens || closes) ? 'collection' : undefined);
  if (worst === undefined || scope === undefined || (scope === 'collection' && name !== 'chmod' && !/\*|\.\./.test(worst.text))) return undefined;
  const target = nameOf(worst);
  return {
    scope,
    undo: scope === 'collection' ? 'easy' : 'costly',
    effect: `${changes[name] ?? ''} everything below ${quoted(target)}`,
    target,
    factors: [...(opens ? [{ text: 'anybody may then change it', weight: 0 } as const] : []), ...productionFactors([target]), ...loopFactors(operation)],
  };
}

function nameOf({ text, source }: Word): string {
  return text.includes(hole) ? source : text;
}

export default defineRule({
  id: 'permissions-opened',
  title: 'Permissions changed everywhere',
  why: 'Programs refuse to run, or strangers may write, when the rights of a whole tree change; which ones there were before is written nowhere.',
  instead: 'Name one directory of your own, print its rights first (`getfacl -R`), and give directories and files different ones (`u=rwX`).',
  blindTo: 'What the rights were, who owns the files, and links that lead out of the tree. A single directory of an application counts as its owner\'s business unless everybody may then write.',
  blastRadius: { scope: 'service', undo: 'costly' },
  matches: Object.keys(changes).map((name) => command(name)),
  judge: { command: judge },
  examples: {
    bad: [
      shell`sudo ⟦chmod -R 777 /⟧`,
      shell`⟦chown -R "$USER" /usr⟧`,
      shell`⟦chmod -R 777 /srv/shop⟧`,
      shell`⟦chmod -R a+w .⟧`,
      shell`⟦chown -R www-data "$ROOT/"⟧`,
    ],
    good: [
      shell`chmod +x deploy.sh`,
      shell`chmod -R u+rwX ./public`,
      shell`chown -R app:app /srv/shop`,
      shell`chmod 600 ~/.ssh/id_ed25519`,
      shell`echo chmod -R 777 /`,
      shell`chmod -R 777 /tmp/build`,
    ],
  },
});
