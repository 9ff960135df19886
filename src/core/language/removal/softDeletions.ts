import type { Removal } from '../operation.ts';
import type { PlacedCall } from './callIndex.ts';
import type { LineBalance } from './lineBalance.ts';

/** What marks a thing as deleted and leaves it where it is. */
const marks =
  /\bsoft[-_]?(?:delete|remove|destroy)\w*|\b(?:deleted|removed|discarded|archived|trashed|deactivated)_?(?:at|on|date|time)?["'`]?\s*(?::(?!:)|=>|=(?!=)|,)|\bis_?(?:deleted|removed|archived|trashed)["'`]?\s*(?::(?!:)|=>|=(?!=)|,)|\bis_?active["'`]?\s*(?::|=>|=(?!=))\s*(?:false|False|0)\b|(?:\.|->)(?:discard|trash|archive|soft_?destroy|moveToTrash)(?:_?all|Many)?!?(?=\(|\s*;?$)|\bset(?:DeletedAt|IsDeleted|Deleted|Archived)\(/i;

/** What takes a thing away that a plain delete leaves where it is. */
const final = /^(?:force_?(?:delete|destroy)|really_?destroy|really_?delete|hard_?(?:delete|remove|destroy)|delete_?permanently|permanently_?delete|destroy_?fully|delete_?fully)(?:_?all|_?many)?!?$/i;
const plainDelete = /(?:\.|->)(?:delete|destroy|remove)(?:_?all|_?many)?!?\s*(?:\(|;?$)/i;

const takesAway = /(?:^|[.:>])(?:delete|destroy|remove|del|drop)\w*[!?]?$/i;
const statement = /\bdelete\s+from\s+["'`[]?(\w+)/i;
/** What a call acts on stands at its beginning. */
const longestHead = 120;
/** Lines of a statement above the one that marks. */
const mostAbove = 3;
const names = /[\p{L}_$][\p{L}\p{N}_$]*/gu;
/** Words that say nothing of what is acted on. */
const common = new Set('await async return const let var this self new def end if not and or where data id update updated set from into values delete deleted destroy remove db conn cursor cur tx session query execute exec rows true false null none now date time at is req res ctx err error'.split(' '));

/** Whether a statement only marked something, and takes it away now. */
export function isMadeFinal(before: string, now: string): boolean {
  return !statement.test(before) && statement.test(now) && marks.test(before);
}

/** Deletions that came in the place of a line that only marked what they take away now. @param fresh calls that the text before did not have */
export function finalDeletions(fresh: readonly PlacedCall[], { surplus }: LineBalance, before: readonly string[]): Removal[] {
  if (fresh.length === 0) return [];
  const gone = [...surplus].flatMap(([line, by]) => (by < 0 && (marks.test(line) || plainDelete.test(line)) ? [line] : []));
  if (gone.length === 0) return [];
  const come = [...surplus].filter(([, by]) => by > 0).map(([line]) => line);
  const left = [...gone];
  return fresh.flatMap((now) => {
    const { callee, chain } = now.call;
    const lastName = /(?<![\w$!?])([\w$!?]+)(?:\(\))?$/.exec(callee)?.[1] ?? '';
    const isStatement = statement.test(chain);
    if (!final.test(lastName) && !takesAway.test(callee) && !isStatement) return [];
    // A line that is still there said the same of something else.
    if (!come.some((line) => line.includes(lastName))) return [];
    const wanted = (line: string) => (marks.test(line) ? !come.some((each) => marks.test(each)) : final.test(lastName));
    const at = left.findIndex((line) => wanted(line) && isAboutSame(withNeighbours(line, before), isStatement ? chain : `${callee} ${chain.slice(0, longestHead)}`));
    const [source] = at === -1 ? [] : left.splice(at, 1);
    if (source === undefined) return [];
    return [{ kind: 'removal', removed: 'softDeletion', source: source.replace(/\s+/g, ' ').replace(/;$/, ''), from: now.call.callee, range: now.range, within: now.within, address: [...now.call.address, 'softDeletion'], resolution: 'name' } as const];
  });
}

/** A line and those above it that it may be a part of. */
function withNeighbours(line: string, lines: readonly string[]): string {
  const at = lines.findIndex((each) => each.trim() === line);
  return at === -1 || /^[\w@$]/.test(line) ? line : lines.slice(Math.max(0, at - mostAbove), at + 1).join('\n');
}

/** Whether two texts name something in common that tells what is acted on. */
function isAboutSame(line: string, other: string): boolean {
  const told = new Set((other.match(names) ?? []).map((name) => name.toLowerCase()).filter((name) => !common.has(name)));
  return (line.match(names) ?? []).some((name) => told.has(name.toLowerCase()));
}

/** What makes deletions of a model's records only mark them: a trait, a mixin, an option, an annotation. */
const marking = /^(?:use\s+[\w\\, ]*\bSoftDeletes\b|acts_as_paranoid|include\s+Discard::Model|include\s+\w*Paranoi\w*|@(?:SQLDelete|SoftDelete|DeleteDateColumn)\b)|\bparanoid\s*:\s*true\b|\bgorm\.DeletedAt\b|\b(?:SafeDeleteModel|SoftDelet\w*Model|SoftDeletableMixin|SoftDeleteMixin)\b|\bplugin\(\s*mongooseDelete\b|\bHasQueryFilter\([^)]*(?:IsDeleted|DeletedAt)/;
/** Bringing it in does nothing by itself. */
const bringsIn = /^(?:use\s+[A-Z]\w*\\|import\b|from\b|using\s)|require\(/;

/** Models whose deletions only marked, and take away now. @param now all lines of the text after */
export function marksRemoved({ surplus }: LineBalance, now: readonly string[]): string[] {
  const gone = [...surplus].flatMap(([line, by]) => (by < 0 && !bringsIn.test(line) && marking.test(line) ? [line] : []));
  return gone.length === 0 || now.some((line) => !bringsIn.test(line.trim()) && marking.test(line.trim())) ? [] : gone;
}

/** A deletion of a record by itself that Ruby writes as a word. */
const bare = /^(?:self\.)?(?:really_)?(?:destroy|delete)!?$/;

/** Such words that came in the place of a line that only marked. */
export function bareDeletions({ surplus }: LineBalance): { readonly line: string; readonly source: string } | undefined {
  const line = [...surplus].find(([each, by]) => by > 0 && bare.test(each))?.[0];
  const source = line === undefined ? undefined : [...surplus].find(([each, by]) => by < 0 && marks.test(each))?.[0];
  return line === undefined || source === undefined ? undefined : { line, source };
}
