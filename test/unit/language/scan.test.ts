import assert from 'node:assert/strict';
import { tableOf, WordScan } from '../../../src/core/language/scan.ts';

describe('looking for words', () => {
  const scan = new WordScan(tableOf(['rm', 'dropTable']), [{ start: 'delete', has: (word) => word.toLowerCase().includes('bucket') }]);
  const found = (text: string) => scan.hits(text).map(({ offset, word }) => `${offset} ${word}`);

  it('finds known words in any case', () => { assert.deepEqual(found('rm -rf; DROPTABLE(x); arm rms'), ['0 rm', '8 dropTable']); });

  it('asks for the words of a family', () => { assert.deepEqual(found('deleteBucket delete_bucket DeleteBucketCommand deleteRow delete redeleteBucket'), ['0 deleteBucket', '13 delete_bucket', '27 DeleteBucketCommand']); });

  it('knows what it would find', () => {
    for (const name of ['rm', 'droptable', 'deleteBucket', 'rm!']) assert.ok(scan.has(name), name);
    for (const name of ['rms', 'delete', 'deleteRow']) assert.ok(!scan.has(name), name);
  });

  it('tells thousands of words apart, in the case that the text has where that is known', () => {
    const words = Array.from({ length: 3000 }, (_, index) => `word${index * 7}`);
    const many = new WordScan(tableOf([...words, 'WORD7', 'Drop', 'drop', 'DROP']));
    assert.deepEqual(many.hits(words.join('(')).map(({ word }) => word), words);
    assert.deepEqual(many.hits(words.map((word) => `${word}x x${word}`).join(' ')), []);
    assert.deepEqual(many.hits('WORD7 Word7 DROP drop Drop dROP').map(({ word }) => word), ['WORD7', 'word7', 'DROP', 'drop', 'Drop', 'Drop']);
    assert.deepEqual(['drop', 'dROP', 'WORD7', 'word8'].map((word) => many.lists(word)), [true, false, true, false]);
  });

  it('finds nothing where it knows no word', () => { assert.deepEqual(new WordScan(tableOf([])).hits('rm drop'), []); });
});
