import assert from 'node:assert/strict';
import type { Node } from 'web-tree-sitter';
import { runThrough, unhurried } from '../../../src/core/language/pace.ts';
import { syntaxOf } from '../../../src/core/language/reader.ts';
import { LineText } from '../../../src/core/text/lineText.ts';
import { OffsetEdit } from '../../../src/core/text/offsetEdit.ts';
import { OffsetRange } from '../../../src/core/text/offsetRange.ts';
import { checkText, ports } from '../../support/check.ts';
import { Random } from '../../support/random.ts';

const code = `import { a as b } from 'm'; // first
/* one
 * two */
export async function f<T>(x: T[], y = 12, ...z: string[]): Promise<void> {
  label: for (const each of x.filter((one) => one!.ok)) { if (each in y) continue label; else break }
  const s = \`some \${each.name} and \${\`more \${1}\`} $ text\`, t = "it's", u = /re+g/g.test(t) ? a<b>(1) : a < b
  let v
  v = { a, 'b': 1, [c]: 2, ...d, get e() { return 1 }, async *g() {} }
  return
  (v)
}
class C extends D { static #p = 1; q?: number; r() { return this.#p++ / 2 } }
do x++; while (x < 5) y = x; z
`;

const strokes = ['x', 'i', 'n', '1', ' ', '/', '*', '\\', '$', '{', '`', "'", '\n', '#', '!', '=', '.', 'é', '😀'];

function nodesOf(root: Node): { type: string; range: OffsetRange }[] {
  const nodes: { type: string; range: OffsetRange }[] = [];
  const visit = (node: Node): void => {
    nodes.push({ type: node.type, range: new OffsetRange(node.startIndex, node.endIndex) });
    for (const child of node.children) visit(child);
  };
  visit(root);
  return nodes;
}

describe('a change of text that is said to leave the tree in its shape', () => {
  for (const seed of Array.from({ length: Number(process.env.FIREBREAK_FUZZ_SEQUENCES ?? 6) }, (_, index) => index + 1)) {
    it(`does so (seed ${seed})`, async () => {
      const random = new Random(seed);
      const text = new LineText(code);
      const syntax = await syntaxOf('typescript', text, ports.grammars);
      const fresh = await ports.grammars.parserFor('typescript');
      let before = nodesOf(runThrough(syntax.root(unhurried)));
      let kept = 0;
      for (let count = 0; count < 60; count++) {
        const backwards: OffsetEdit[] = [];
        let at = 1 + random.below(text.length - 1);
        const edits = Array.from({ length: 1 + random.below(3) }, () => {
          if (random.next() < 0.3 && at > 2) return OffsetEdit.delete(OffsetRange.ofLength((at -= 1), 1));
          const stroke = random.of(strokes);
          at += stroke.length;
          return OffsetEdit.insert(at - stroke.length, stroke);
        });
        const apply = (edit: OffsetEdit) => {
          syntax.willChange(edit);
          text.apply(edit);
        };
        const look = () => {
          const now = nodesOf(runThrough(syntax.root(unhurried)));
          const { change } = syntax;
          if (change !== undefined) {
            kept++;
            const expected = fresh?.parse(text.toString());
            assert.deepEqual(before.map(({ type, range }) => ({ type, range: change.moved(range) })), expected === undefined || expected === null ? [] : nodesOf(expected.rootNode), text.slice(change.after));
            expected?.delete();
          }
          before = now;
        };
        for (const edit of edits) {
          backwards.unshift(edit.inverse((range) => text.slice(range)));
          apply(edit);
          if (random.next() < 0.6) look();
        }
        for (const edit of backwards) apply(edit);
        look();
      }
      assert.ok(kept > 10, `${kept} changes`);
      fresh?.delete();
      syntax.dispose();
    });
  }
});

describe('reading that is given up', () => {
  it('leaves other parsers alone when it ends after its file was closed', async () => {
    const syntax = await syntaxOf('typescript', new LineText(code.repeat(50)), ports.grammars);
    const work = syntax.root({ isOver: () => true });
    assert.equal(work.next().done, false);
    syntax.dispose();
    work.return(undefined as never);
    const other = await syntaxOf('typescript', new LineText(code), ports.grammars);
    assert.equal(runThrough(other.root(unhurried)).hasError, false);
    other.dispose();
  });
});

/** The parser of Kotlin stays at one place of it for minutes, and then takes its runtime along. */
const stuck = `fun clear() { File("build").deleteRecursively(); createTempDirectory().toFile().deleteRecursi${']'.repeat(20)}${'\n'.repeat(125)}${']'.repeat(64)}vely() }`;

describe('code in which the parser gets no further', () => {
  it('is given up, and what is read after it is read', async () => {
    const syntax = await syntaxOf('kotlin', new LineText(stuck), ports.grammars);
    assert.throws(() => runThrough(syntax.root(unhurried)), /gets no further/);
    syntax.dispose();
    assert.equal((await checkText('a.kt', 'import java.io.File\nfun clear() { File("build").deleteRecursively() }\n')).length, 0);
    assert.equal((await checkText('a.kt', 'import java.io.File\nfun clear() { File("/srv/data").deleteRecursively() }\n')).length, 1);
  });
});

/** The runtime climbs to a parent over some hundred steps here. */
const deep = `use aws_sdk_kinesis::Client;\nasync fn remove(client: &Client) -> Result<(), Error> {\n    client.delete_stream().stream_name("clicks").send().await?;\n    Ok(())lient;\nasync fn remove(client: &Client) -> Result<(), Error> {\n    client.delete_stream(${'&'.repeat(204)}).stream_name("clicks").send().await?;\n    Ok(())\n}`;

describe('code that nests deep', () => {
  it('leaves what is read after it alone', async () => {
    await checkText('a.rs', deep);
    assert.equal((await checkText('a.ts', "import { rmSync } from 'node:fs';\nrmSync(dir, { recursive: true });")).length, 1);
  });
});
