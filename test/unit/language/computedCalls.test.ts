import assert from 'node:assert/strict';
import { computesCalls } from '../../../src/core/language/javascript/computed.ts';

describe('a name that is put together', () => {
  const isComputed = (text: string) => computesCalls(text, (name) => name === 'rmSync');

  const wanted: readonly (readonly [string, string])[] = [
    ['of two texts', 'fs["rm" + "Sync"](x)'],
    ['in brackets, and called where it is there', "fs[('rm' + 'Sync')]?.(x)"],
    ['of a text and a constant', "const kind = 'Sync'; fs['rm' + kind](x)"],
    ['of a constant that stands for another', 'const s = "Sync"; const k = s; fs[`rm${k}`](x)'],
    ['in a template', 'fs[`rmSync`](x)'],
    ['of a text in a hole', 'fs[`${"rm"}Sync`](x)'],
    ['in a constant', "const op = 'rmSync'; fs[op](x)"],
    ['in a constant of a declared type, over lines', 'const op: Op = "rmSync";\nfs[\n  op\n](x)'],
    ['in a constant that is put together', "const op = 'rm' + 'Sync'; fs[op](x)"],
    ['with escapes', 'fs["rm" + "\\x53ync"](x)'],
    ['as another type', 'fs[("rm" as string) + "Sync"](x)'],
  ];
  for (const [what, text] of wanted) it(`is looked for ${what}`, () => { assert.ok(isComputed(text), text); });

  const others: readonly (readonly [string, string])[] = [
    ['of another name', "fs['on' + 'End'](x)"],
    ['of what nothing is known of', "fs['rm' + kind](x); fs['rm' + a.b](x); fs['rm' + f('x')](x); fs[`rm${kind}`](x)"],
    ['of a constant that is another name', "const op = 'get'; fs[op](x)"],
    ['of a constant that is no name', "const op = 'rmSync is ' + what; const other = `rm all`; fs[op](x); fs[other](x)"],
    ['of a choice', "fs[isAll ? 'rm' + 'Sync' : 'x'](x)"],
    ['of an index', 'list[i](x)'],
    ['of a link in a comment', '// see [`rmSync`](https://nodejs.org/)'],
  ];
  for (const [what, text] of others) it(`is not ${what}`, () => { assert.ok(!isComputed(text), text); });
});
