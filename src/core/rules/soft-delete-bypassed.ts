import { change } from '../check/example.ts';
import { productionFactors, quoted } from '../check/factors.ts';
import { defineRule, removal } from '../check/rule.ts';
import type { Removal } from '../language/operation.ts';

function judge({ source, from }: Removal) {
  return { effect: `deletes for good with ${quoted(from)} what ${quoted(source)} left where it could be got back`, target: from, factors: productionFactors([from, source]) };
}

export default defineRule({
  id: 'soft-delete-bypassed',
  title: 'Deleted for good where it was only marked',
  why: 'Until now a mistake was undone by taking the mark off. Now the row is gone, along with what refers to it, and no test tells the two apart.',
  instead: 'Go on marking what is deleted, and let a job of its own take away what has been marked for long enough.',
  blindTo: 'Marks by names that say nothing of a deletion.',
  blastRadius: { scope: 'set', undo: 'none' },
  matches: [removal('softDeletion')],
  judge: { removal: judge },
  examples: {
    bad: [
      change(
        'src/notes.ts',
        `export class Notes {\n  async remove(id: string) {\n    await this.repo.softDelete(id);\n  }\n}\n`,
        `export class Notes {\n  async remove(id: string) {\n    await ⟦this.repo.delete(id)⟧;\n  }\n}\n`,
      ),
      change(
        'src/users.ts',
        `export const remove = (id: string) => prisma.user.update({ where: { id }, data: { deletedAt: new Date() } });\n`,
        `export const remove = (id: string) => ⟦prisma.user.delete({ where: { id } })⟧;\n`,
      ),
      change(
        'notes/views.py',
        `def remove(request, pk):\n    note = Note.objects.get(pk=pk)\n    note.is_deleted = True\n    note.save()\n`,
        `def remove(request, pk):\n    note = Note.objects.get(pk=pk)\n    ⟦note.delete()⟧\n`,
      ),
      change(
        'NoteController.php',
        `<?php\nclass NoteController {\n  function destroy(Note $note) {\n    $note->delete();\n  }\n}\n`,
        `<?php\nclass NoteController {\n  function destroy(Note $note) {\n    ⟦$note->forceDelete()⟧;\n  }\n}\n`,
      ),
      change(
        'store.go',
        `package store\n\nfunc (s *Store) Remove(id int64) error {\n  _, err := s.db.Exec("UPDATE notes SET deleted_at = now() WHERE id = $1", id)\n  return err\n}\n`,
        `package store\n\nfunc (s *Store) Remove(id int64) error {\n  _, err := ⟦s.db.Exec("DELETE FROM notes WHERE id = $1", id)⟧\n  return err\n}\n`,
      ),
    ],
    good: [
      change(
        'src/notes.ts',
        `export class Notes {\n  async remove(id: string) {\n    await this.repo.delete(id);\n  }\n}\n`,
        `export class Notes {\n  async remove(id: string) {\n    await this.repo.softDelete(id);\n  }\n}\n`,
      ),
      // It is still marked, and something else is deleted besides.
      change(
        'src/notes.ts',
        `export async function remove(id: string) {\n  await this.repo.softDelete(id);\n}\n`,
        `export async function remove(id: string, note: Note) {\n  await this.repo.softDelete(note.id);\n  await this.repo.cache.delete(id);\n}\n`,
      ),
      change(
        'src/sessions.ts',
        `export function end(session: Session) {\n  session.archivedAt = clock.now();\n}\n`,
        `export function end(session: Session) {\n  timers.delete(handle);\n}\n`,
      ),
    ],
  },
});
