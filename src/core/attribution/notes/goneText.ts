import { LineText } from '../../text/lineText.ts';
import { type Evidences, knownOf } from './attributeText.ts';
import { type Deletion, deletionsOf } from './authoredText.ts';

/** What an AI deleted of a file that a commit has no longer. What it had deleted before went with the rest, and is none of this. */
export function deletionsOfGone(evidences: Omit<Evidences, 'onDisk'>): Deletion[] {
  const { parents, relatives, digestOf } = evidences;
  const before = new Set(parents.flatMap(({ deletions }) => deletions.map(({ text }) => text)));
  const told = deletionsOf(new LineText(''), knownOf(evidences).regionsAt(digestOf('')) ?? []);
  const all = [...told, ...relatives.flatMap(({ deletions }) => deletions)].filter(({ text }) => !before.has(text));
  return all.filter(({ text }, index) => all.findIndex((each) => each.text === text) === index).map((deletion) => ({ ...deletion, line: 0 }));
}
