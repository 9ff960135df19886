import assert from 'node:assert/strict';
import { harmless, type Tools } from '../../../src/core/catalogue/commands/tool.ts';
import { judgeByTable } from '../../../src/core/check/commandTable.ts';
import { shellCommandsIn } from '../../../src/core/language/shell/commands.ts';

const tools: Tools = {
  'tool tl': {
    valued: '-p --project',
    target: '--name',
    idle: '--list',
    deeds: {
      'app delete --keep|-k': harmless,
      'app delete': ['service', 'none', 'deletes the app {}'],
      'scale --replicas=0': ['service', 'easy', 'stops {}'],
      'old? purge|clear': ['set', 'none', 'purges {}'],
      'rm <listed>': ['collection', 'none', 'removes {}'],
      '* drop': ['set', 'none', 'drops something'],
      '** destroy': (words) => ['set', 'costly', `destroys ${words.join('+')} {}`],
    },
  },
  scratch: { hasScratch: true, deeds: { '': ['service', 'none', 'drops {}'] } },
  format: { onDevices: true, deeds: { '': ['service', 'none', 'formats {}'] } },
};

const judge = judgeByTable(tools);

/** Commands, and what the table says they do. */
const commands: readonly (readonly [command: string, effect: string | undefined])[] = [
  ['tool -p x app delete web api', 'deletes the app `web`, `api`'],
  ['tl APP Delete', 'deletes the app'],
  ['tool app delete --name web', 'deletes the app `web`'],
  ['tool app delete "$APP"', 'deletes the app `$APP`'],
  ['tool app delete -k web', undefined],
  ['tool app delete --help', undefined],
  ['tool app delete --dry-run', undefined],
  ['tool app delete --list', undefined],
  ['tool help app delete', undefined],
  ['tool scale web --replicas=0', 'stops `web`'],
  ['tool scale web --replicas 0', 'stops `web`, `0`'],
  ['tool scale web --replicas=3', undefined],
  ['tool purge a', 'purges `a`'],
  ['tool old clear', 'purges'],
  ['tool rm a', undefined],
  ['tool rm $(ls)', 'removes `$(ls)`'],
  ['ls | xargs tool rm', 'removes `what ls lists`'],
  ['tool any drop', 'drops something'],
  ['tool drop', undefined],
  ['tool big thing destroy x', 'destroys big+thing `x`'],
  ['tool other', undefined],
  ['scratch orders', 'drops `orders`'],
  ['scratch orders_test', undefined],
  ['scratch -f scratch.test.yml', undefined],
  ['scratch -f prod.yml', 'drops `prod.yml`'],
  ['format disk.img', undefined],
  ['format /dev/sdb', 'formats `/dev/sdb`'],
  ['format "$DISK"', 'formats `$DISK`'],
];

describe('a table of tools', () => {
  for (const [command, effect] of commands) {
    it(command, () => {
      const operation = shellCommandsIn(command).find(({ name }) => name !== 'ls');
      assert.equal(operation && judge(operation)?.effect, effect);
    });
  }

  it('lowers what a name says is for tests', () => {
    const [operation] = shellCommandsIn('tool app delete web-test');
    assert.deepEqual(operation && judge(operation)?.factors, [{ text: 'the name says that it is for tests', weight: -1 }]);
  });
});
