import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { ObjectReader } from '../../../src/node/notes/objectReader.ts';
import { shownText, type Writer, type Writers } from './lines.ts';

/** The commits of a repository with the marks taken out of their texts: what is tested sees these. */
export class Shown {
  private readonly commits = new Map<string, string>();
  private readonly blobs = new Map<string, string>();
  private readonly reader: ObjectReader;
  /** By a commit that is shown and a path: who can have written each line. */
  readonly writers = new Map<string, readonly ReadonlySet<Writer>[]>();

  constructor(
    root: string,
    private readonly gitDir: string,
    private readonly known: Writers,
  ) {
    this.reader = new ObjectReader({ root, gitDir: path.join(root, '.git'), commonDir: path.join(root, '.git'), objectFormat: 'sha1' });
  }

  close(): void {
    this.reader.close();
  }

  /** A text with the names of commits as they are shown. */
  named(text: string): string {
    return text.replaceAll(/\b[0-9a-f]{40}\b/g, (oid) => this.commits.get(oid) ?? oid);
  }

  async commit(oid: string): Promise<string> {
    const done = this.commits.get(oid);
    if (done !== undefined) return done;
    const commit = await this.reader.commit(oid);
    const object = await this.reader.read(oid);
    if (commit === undefined || object === undefined) throw new Error(`there is no commit ${oid}`);
    for (const parent of commit.parents) await this.commit(parent);
    const files: [name: string, mode: string, blob: string][] = [];
    const lines = new Map<string, readonly string[]>();
    for (const [name, entry] of await this.reader.tree(commit.tree)) {
      const text = (await this.reader.read(entry.oid))?.bytes.toString('utf8') ?? '';
      lines.set(name, text.split('\n').slice(0, -1));
      const blob = this.blobs.get(entry.oid) ?? this.write('blob', Buffer.from(shownText(text)));
      this.blobs.set(entry.oid, blob);
      files.push([name, entry.mode.replace(/^0/, ''), blob]);
    }
    const tree = this.write('tree', Buffer.concat(files.map(([name, mode, blob]) => Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(blob, 'hex')]))));
    const shown = this.write('commit', Buffer.from(this.named(object.bytes.toString('utf8').replace(commit.tree, tree))));
    this.commits.set(oid, shown);
    for (const [name, each] of lines) this.writers.set(`${shown} ${name}`, this.known.standing(each));
    return shown;
  }

  private write(type: string, bytes: Buffer): string {
    const whole = Buffer.concat([Buffer.from(`${type} ${bytes.length}\0`), bytes]);
    const oid = createHash('sha1').update(whole).digest('hex');
    const file = path.join(this.gitDir, 'objects', oid.slice(0, 2), oid.slice(2));
    if (!existsSync(file)) {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, deflateSync(whole, { level: 1 }));
    }
    return oid;
  }
}

