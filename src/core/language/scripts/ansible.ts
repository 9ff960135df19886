import { type Data, type DataScalar, entryOf, hasKey, valueAt } from '../data/data.ts';
import { scalarsIn } from '../data/code.ts';
import type { Found, ReadScript, ScriptPlaces } from '../data/places.ts';
import { type DecodedPiece, DecodedText } from '../decodedText.ts';
import type { Script } from '../embedded.ts';
import { OffsetRange } from '../../text/offsetRange.ts';
import { ansibleModules, type Module } from './ansibleModules.ts';
import { argvOrLine, at, linesFor, textAt } from './read.ts';

const runners = ['shell', 'command', 'raw'].flatMap((name) => [name, `ansible.builtin.${name}`, `ansible.legacy.${name}`]);
const queries = ['postgresql_query', 'mysql_query', 'mssql_script', 'postgresql_script'];

/** A task's module by its last name: collections only say whose it is. */
const lastName = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

export const ansible: ScriptPlaces = {
  files: /(?:^|\/)(?:tasks|handlers|playbooks?)\/.*\.ya?ml$|(?:^|\/)(?:playbook|site)[^/]*\.ya?ml$/,
  looksLike: (root) => root.kind === 'list' && root.items.some((item) => hasKey(item, 'hosts', 'import_playbook') || runners.some((name) => hasKey(item, name)) || (hasKey(item, 'name') && moduleEntryOf(item) !== undefined)),
  places: { ...at(repeated, ...runners.flatMap((name) => [`**/${name}`, `**/${name}/cmd`, `**/${name}/argv`])), '**': moduleOrQuery },
};

function moduleEntryOf(task: Data): string | undefined {
  return task.kind === 'map' ? task.entries.find(({ key }) => Object.hasOwn(ansibleModules, lastName(key)) || queries.includes(lastName(key)))?.key : undefined;
}

/** A task that is repeated runs its line for each item. */
function repeated(found: Found): ReturnType<ReadScript> {
  const script = argvOrLine(found);
  const task = found.parents.find((each) => each.kind === 'map' && runners.some((name) => hasKey(each, name)));
  const loop = ['loop', 'with_items', 'with_list', 'with_fileglob', 'with_dict'].map((key) => entryOf(task, key)).find((entry) => entry !== undefined);
  if (script === undefined || loop === undefined) return script;
  const over = textAt(task, loop.key) ?? `[${loop.value.kind === 'list' ? loop.value.items.map((item) => (item.kind === 'scalar' ? item.code.text : '…')).join(', ') : ''}]`;
  return { ...script, loop: { over, range: loop.range } };
}

/** A module that takes something away does what a command does. */
function moduleOrQuery({ key, data, parents: [task] }: Found): Script | undefined {
  if (typeof key !== 'string') return undefined;
  const name = lastName(key);
  if (queries.includes(name)) {
    const query = valueAt(data, 'query') ?? valueAt(data, 'script');
    return query === undefined ? undefined : linesFor('sql', query);
  }
  const known = Object.hasOwn(ansibleModules, name) ? ansibleModules[name] : undefined;
  const entry = entryOf(task, key);
  if (known === undefined || entry === undefined) return undefined;
  const range = new OffsetRange(entry.keyRange.start, entry.value.range.endExclusive);
  const given = parametersOf(data);
  if (!isGone(known, given)) return undefined;
  const pieces = known.command.map((word) => piecesOf(word, given, range.start));
  if (pieces.some((each) => each === undefined)) return undefined;
  return { family: 'shell', code: new DecodedText(pieces.flatMap((each) => each ?? [])), isArgv: true, range };
}

type Parameters = ReadonlyMap<string, Pick<DataScalar, 'code' | 'range'>>;

/** As a map, or all in one line: `path=/srv/data state=absent`. */
function parametersOf(data: Data): Parameters {
  if (data.kind === 'map') return new Map(data.entries.flatMap(({ key, value }) => scalarsIn(value).slice(0, 1).map((scalar) => [key, scalar] as const)));
  const line = data.kind === 'scalar' ? data.code : undefined;
  return new Map([...(line?.text ?? '').matchAll(/(?<!\w)(\w+)=("[^"]*"|'[^']*'|\S+)/g)].map(({ index, 0: whole, 1: name = '', 2: value = '' }) => {
    const range = line?.rangeOf(new OffsetRange(index + name.length + 1, index + whole.length)) ?? data.range;
    return [name, { range, code: new DecodedText([{ text: value.replace(/^(["'])(.*)\1$/, '$2'), range, isVerbatim: false }]) }];
  }));
}

function isGone({ when }: Module, given: Parameters): boolean {
  return Object.entries(when ?? { 'state|release_state': 'absent' }).every(([names, values]) => {
    const value = names.split('|').map((name) => given.get(name)?.code.text).find((text) => text !== undefined);
    return value !== undefined && values.split('|').includes(value.toLowerCase());
  });
}

/** One word of the command: a template is a variable of it. Undefined when a parameter is missing that names what goes. */
function piecesOf(word: string, given: Parameters, start: number): DecodedPiece[] | undefined {
  const literal = (text: string): DecodedPiece => ({ text, range: OffsetRange.empty(start), isVerbatim: false });
  const pieces: DecodedPiece[] = [literal(' "')];
  for (const part of word.split(/(\{[\w|]+\})/)) {
    if (!part.startsWith('{')) {
      pieces.push(literal(part));
      continue;
    }
    const value = part.slice(1, -1).split('|').map((name) => given.get(name)).find((each) => each !== undefined);
    if (value === undefined) return undefined;
    const text = value.code.text.replace(/["\\$`]/g, '\\$&').replace(/\{\{(?=\s*(\w*))[\s\S]*?\}\}|\{\{[^]*$/g, (all, name?: string) => (name === undefined ? all : `\${${name === '' ? '_' : name}}`));
    pieces.push({ text, range: value.range, isVerbatim: false });
  }
  return [...pieces, literal('"')];
}

/** By which the modules are found in a text, for the commands that they stand for are not written there. */
export const ansibleWords: readonly string[] = ['absent', 'terminated', 'filesystem'];

