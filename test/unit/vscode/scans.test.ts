import assert from 'node:assert/strict';
import { Scans } from '../../../src/vscode/documents/scans.ts';
import type { ShownScope } from '../../../src/vscode/documents/settings.ts';

const uri = (text: string) => ({ toString: () => text });

describe('files that were scanned', () => {
  it('are looked at for the wider of what is set and what was scanned for', () => {
    let chosen: ShownScope = 'ai';
    const scans = new Scans(() => chosen);
    scans.add(uri('a'), 'changes');
    assert.deepEqual([scans.scopeOf(uri('a')), scans.scopeOf(uri('b'))], ['changes', 'ai']);
    chosen = 'all';
    assert.equal(scans.scopeOf(uri('a')), 'all');
    scans.delete(uri('a'));
    chosen = 'ai';
    assert.equal(scans.scopeOf(uri('a')), 'ai');
  });
});
