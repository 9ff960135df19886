import assert from 'node:assert/strict';
import type { CheckedFile } from '../../../src/core/check/checkedFile.ts';
import { runThrough, unhurried } from '../../../src/core/language/pace.ts';
import { noProject } from '../../../src/core/language/project.ts';
import { LineText } from '../../../src/core/text/lineText.ts';
import { OffsetEdit } from '../../../src/core/text/offsetEdit.ts';
import { OffsetRange } from '../../../src/core/text/offsetRange.ts';
import { checker, checkText } from '../../support/check.ts';

const wipe = `const s3 = new S3({});
export const drop = (name: string) => ⟦s3.deleteBucket({ Bucket: name })⟧;
`;
const program = `import { S3 } from '@aws-sdk/client-s3';\n${wipe}`;

/** Components, with what is found in them between the marks. */
const components: readonly (readonly [path: string, text: string])[] = [
  ['src/App.vue', `<template>\n  <p>it's s3.deleteBucket({ Bucket: name })</p>\n</template>\n<script setup lang="ts">\n${program}</script>\n<style>p { color: red }</style>\n`],
  ['src/App.vue', `<script>\r\n${program.replaceAll('\n', '\r\n').replace(': string', '')}</script>\r\n<script setup>\r\nconst other = 1;\r\n</script>\r\n`],
  ['src/Page.svelte', `<script context="module" lang="ts">\n${program}</script>\n{#if name}<button on:click={drop}>Drop</button>{/if}\n`],
  ['src/page.astro', `---\n${program}---\n<p>s3.deleteBucket()</p>\n`],
  ['src/App.vue', `<!-- <script>\n${program.replaceAll(/[⟦⟧]/g, '')}</script> -->\n<script>\nexport default { name: 'App' };\n</script>\n`],
  ['src/App.vue', `<script type="application/json">\n${program.replaceAll(/[⟦⟧]/g, '')}</script>\n`],
  ['src/App.vue', `<script lang="ts">\n${program.replace(/^export.*$/m, (line) => `// ${line.replaceAll(/[⟦⟧]/g, '')}`)}</script>\n`],
  ['src/App.vue', `<docs>\n${program.replaceAll(/[⟦⟧]/g, '')}</docs>\n`],
];

async function underlined(file: CheckedFile, text: LineText): Promise<string[]> {
  await file.prepare();
  return runThrough(file.findings([new OffsetRange(0, text.length)], unhurried)).map(({ range }) => text.slice(range));
}

describe('programs in the blocks of components', () => {
  for (const [path, marked] of components) {
    it(`${path} ${JSON.stringify(marked).slice(0, 80)}`, async () => {
      const text = marked.replaceAll(/[⟦⟧]/g, '');
      const found = await checkText(path, text);
      assert.deepEqual(found.map(({ range }) => range.of(text)), [...marked.matchAll(/⟦(.*?)⟧/g)].map(([, inner]) => inner));
    });
  }

  it('are compared with what they were', async () => {
    const before = '<script>\nimport { rmSync } from "node:fs";\nif (confirm("sure?")) rmSync("/srv/data", { recursive: true });\n</script>\n';
    const after = before.replace('if (confirm("sure?")) ', '');
    assert.ok((await checkText('a.vue', after, { before })).some(({ ruleId }) => ruleId === 'guard-removed'));
  });

  it('can be spoken for in them', async () => {
    const text = '<template><p>a</p></template>\n<script>\nimport { rmSync } from "node:fs";\n// firebreak-ignore file-tree-delete: it is a copy\nrmSync("/srv/data", { recursive: true });\n</script>\n';
    assert.deepEqual((await checkText('a.vue', text)).map(({ suppression }) => suppression !== undefined), [true]);
  });

  it('follow the edits of the text around them', async () => {
    const text = new LineText('<p></p>\n<script>\nimport { rmSync } from "node:fs";\nrmSync("/srv/data", { recursive: true });\n</script>\n');
    const file = checker.open({ path: 'a.vue', changed: [], project: noProject }, text);
    assert.ok(file !== undefined);
    const found = await underlined(file, text);
    const edit = OffsetEdit.insert(0, '<p>more</p>\n');
    file.willChange(edit);
    text.apply(edit);
    assert.deepEqual(found, ['rmSync("/srv/data", { recursive: true })']);
    assert.deepEqual(await underlined(file, text), found);
  });
});
