import assert from 'node:assert/strict';
import { tableOf, WordScan } from '../../../src/core/language/scan.ts';

describe('looking for words', () => {
  const scan = new WordScan(tableOf(['rm', 'dropTable']), [{ start: 'delete', has: (word) => word.toLowerCase().includes('bucket') }]);
  const found = (text: string) => scan.hits(text, 100).map(({ offset, word }) => `${offset} ${word}`);

  it('finds known words in any case', () => { assert.deepEqual(found('rm -rf; DROPTABLE(x); arm rms'), ['100 rm', '108 dropTable']); });

  it('asks for the words of a family', () => { assert.deepEqual(found('deleteBucket delete_bucket DeleteBucketCommand deleteRow delete redeleteBucket'), ['100 deleteBucket', '113 delete_bucket', '127 DeleteBucketCommand']); });

  it('knows what it would find', () => {
    for (const name of ['rm', 'droptable', 'deleteBucket', 'rm!']) assert.ok(scan.has(name), name);
    for (const name of ['rms', 'delete', 'deleteRow']) assert.ok(!scan.has(name), name);
  });
});
