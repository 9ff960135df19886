import assert from 'node:assert/strict';
import { hole, type ShellCommand, type SqlStatement } from '../../../src/core/language/operation.ts';
import { shellCommandsIn, shellOperationsIn } from '../../../src/core/language/shell/commands.ts';
import { Random } from '../../support/random.ts';

/** A command as its name and words, with what the holes hold in angle brackets. */
function spoken({ name, words }: ShellCommand): string {
  return [name, ...words.map(({ text, holes }) => {
    let index = 0;
    return text.replaceAll(hole, () => `<${holes[index++] ?? ''}>`);
  })].join(' ');
}

/** Commands that say nothing about the view under test. */
const scenery = new Set(['>', '[', 'cat', 'echo', 'ls', 'true', 'sh', 'bash', 'ssh', 'eval', 'trap', 'find', 'cd', 'export', 'local', 'read', 'psql', 'mysql', 'test', 'mktemp', 'date', 'pwd', 'git', hole]);

function commandsOf(script: string): [string, string][] {
  return shellCommandsIn(script)
    .filter((command) => !scenery.has(command.name))
    .map((command) => [command.range.of(script), spoken(command)]);
}

/** Per script: what is underlined, and the command it comes to. */
const scripts: Readonly<Record<string, readonly (readonly [script: string, ...commands: (readonly [underlined: string, command: string])[]])[]>> = {
  'structure': [
    ['cd /srv && sudo rm -rf $DIR; # rm -rf /', ['rm -rf $DIR', 'rm -rf <$DIR>']],
    ['if [ -d x ]; then rm a; elif rm b; then rm c; else rm d; fi', ['rm a', 'rm a'], ['rm b', 'rm b'], ['rm c', 'rm c'], ['rm d', 'rm d']],
    ['case $1 in a) rm q;; *) rm r;; esac', ['rm q', 'rm q'], ['rm r', 'rm r']],
    ['(rm a) & { rm b; } || rm c | rm d', ['rm a', 'rm a'], ['rm b', 'rm b'], ['rm c', 'rm c'], ['rm d', 'rm d']],
    ['! rm a; time rm b; coproc rm c', ['rm a', 'rm a'], ['rm b', 'rm b'], ['rm c', 'rm c']],
    ['rm a > log -v 2>&1', ['rm a > log -v', 'rm a -v']],
    ['rm \\\n  -rf \\\n  a', ['rm \\\n  -rf \\\n  a', 'rm -rf a']],
    ['[[ -n $(rm a) ]] && (( $(rm b) > 0 ))', ['rm a', 'rm a'], ['rm b', 'rm b']],
  ],
  'text that is not run': [
    ['echo "rm -rf /" # rm -rf /'],
    ['VAR=\'rm -rf /\'; echo "$VAR"'],
    ['cat > f <<EOF\nrm -rf /\nEOF'],
    ["cat > f <<'EOF'\n$(rm -rf /)\nEOF"],
    ['command -v rm'],
  ],
  'substitutions': [
    ['echo "$(rm a)" `rm b` <(rm c) ${x:-$(rm d)}', ['rm a', 'rm a'], ['rm b', 'rm b'], ['rm c', 'rm c'], ['rm d', 'rm d']],
    ['cat <<EOF\n$(rm a) \\$(rm b)\nEOF', ['rm a', 'rm a']],
    ['x=$(rm "$(rm b)")', ['rm b', 'rm b'], ['rm "$(rm b)"', 'rm <$(rm b)>']],
    ['echo `rm \\`rm a\\` b`', ['rm a', 'rm a'], ['rm \\`rm a\\` b', 'rm <`rm a`> b']],
  ],
  'wrappers': [
    ['sudo -u bob -- env -i A=1 nice -n 5 timeout -k 1 5 rm x', ['rm x', 'rm x']],
    ['exec nohup stdbuf -oL setsid busybox rm x', ['rm x', 'rm x']],
    ['builtin command \\rm -r a; "rm" b; /bin/rm c', ['\\rm -r a', 'rm -r a'], ['"rm" b', 'rm b'], ['/bin/rm c', 'rm c']],
    ['npx -y rimraf dist', ['rimraf dist', 'rimraf dist']],
    ['docker exec -it db rm x; kubectl exec -n p web -- rm y', ['rm x', 'rm x'], ['rm y', 'rm y']],
    ['sudo -l rm; sudo'],
  ],
  'wrappers of tools': [
    ['php artisan migrate:fresh; python3.12 -m alembic downgrade base', ['artisan migrate:fresh', 'artisan migrate:fresh'], ['alembic downgrade base', 'alembic downgrade base']],
    ['bundle exec rails db:drop; poetry run python manage.py flush', ['rails db:drop', 'rails db:drop'], ['manage.py flush', 'manage.py flush']],
    ['docker compose -f x.yml exec db rm x; docker run --rm alpine rm -rf /x', ['rm x', 'rm x'], ['docker run --rm alpine rm -rf /x', 'docker run --rm alpine rm -rf /x']],
    ['docker run --rm -v /srv:/srv alpine rm -rf /srv', ['rm -rf /srv', 'rm -rf /srv']],
    ['aws-vault exec prod -- rm x; op run --env-file=e -- rm y; dotenv -e .env -- rm z', ['rm x', 'rm x'], ['rm y', 'rm y'], ['rm z', 'rm z']],
    ["parallel 'rm -rf {}' ::: a b; parallel rm ::: c", ['rm -rf {}', 'rm -rf {}'], ['rm ::: c', 'rm ::: c']],
    ["env -S 'rm x' y", ["env -S 'rm x' y", 'env -S rm x y'], ["rm x' y", 'rm x y']],
    ["watch -n 5 'rm x'; script -qc 'rm y' /dev/null", ["watch -n 5 'rm x'", 'watch -n 5 rm x'], ['rm x', 'rm x'], ["script -qc 'rm y' /dev/null", 'script -qc rm y /dev/null'], ['rm y', 'rm y']],
    ["perl -e 'system(\"rm -rf /x\")'", ["perl -e 'system(\"rm -rf /x\")'", 'perl -e system("rm -rf /x")'], ['rm -rf /x', 'rm -rf /x']],
  ],
  'aliases and functions': [
    ["alias k=kubectl wipe='rm -rf'; k get x; wipe /srv", ["alias k=kubectl wipe='rm -rf'", "alias k=kubectl wipe='rm -rf'"], ['k get x', 'kubectl get x'], ['wipe /srv', 'rm -rf /srv']],
    ['run() { echo "+ $*"; sudo "$@"; }; run rm -rf /srv; run rm b', ['run rm -rf /srv', 'run rm -rf /srv'], ['rm -rf /srv', 'rm -rf /srv'], ['run rm b', 'run rm b'], ['rm b', 'rm b']],
    ['sh_() { bash -c "$*"; }; sh_ "rm x"', ['sh_ "rm x"', 'sh_ rm x'], ['rm x', 'rm x']],
    ['wipe() { rm -rf "$1"; }; wipe /tmp/x; wipe /tmp/x', ['rm -rf "$1"', 'rm -rf /tmp/x'], ['wipe /tmp/x', 'wipe /tmp/x'], ['wipe /tmp/x', 'wipe /tmp/x']],
    ['wipe() { rm "$1"; }; wipe a; wipe b; rm "$1"', ['rm "$1"', 'rm <$1>'], ['wipe a', 'wipe a'], ['wipe b', 'wipe b'], ['rm "$1"', 'rm <$1>']],
    ['wipe() { shift; rm "$1"; }; wipe a b', ['shift', 'shift'], ['rm "$1"', 'rm <$1>'], ['wipe a b', 'wipe a b']],
    ['dirs=(/a "/b c"); rm -rf "${dirs[@]}"', ['rm -rf "${dirs[@]}"', 'rm -rf /a /b c']],
    ['a=(/x); a+=(/y); rm "${a[@]}"', ['rm "${a[@]}"', 'rm <${a[@]}>']],
  ],
  'what others hand over': [
    ['find . -name x -print0 | xargs -0 rm -rf', ['rm -rf', 'rm -rf <find . -name x -print0>']],
    ['find /a -type d -exec rm -rf {} + -exec rm b \\;', ['rm -rf {}', 'rm -rf <find /a -type d>'], ['rm b', 'rm b']],
    ['ls | xargs -I{} rm {}.bak', ['rm {}.bak', 'rm <ls>.bak']],
  ],
  'scripts in scripts': [
    ['sh -c "rm -rf \\"a b\\" $X; ls"', ['rm -rf \\"a b\\" $X', 'rm -rf a b <$X>']],
    ["bash -ec 'rm '\"'x y'\"", ["rm '\"'x y'", 'rm x y']],
    ["bash -c $'rm\\t\\x2drf /a'", ['rm\\t\\x2drf /a', 'rm -rf /a']],
    ["sh -c \"bash -c 'rm \\\"q\\\"'\"", ['rm \\"q\\"', 'rm q']],
    ['eval rm "$A" b', ['rm "$A" b', 'rm <$A> b']],
    ["T=$(mktemp -d); trap 'rm -rf \"$T\"' EXIT", ['rm -rf "$T"', 'rm -rf <$(mktemp -d)>']],
    ['bash <<EOF\nrm -rf $X\nEOF\nrm z', ['rm -rf $X', 'rm -rf <$X>'], ['rm z', 'rm z']],
    ["sudo bash -s <<'EOF'\nrm -rf $X\nEOF", ['rm -rf $X', 'rm -rf <$X>']],
    ['bash <<< "rm x"; echo "rm y" | sh', ['rm x', 'rm x'], ['rm y', 'rm y']],
    ['cat <<EOF | sudo sh\nrm x\nEOF', ['rm x', 'rm x']],
    ['bash script.sh <<EOF\nrm x\nEOF'],
    ["ssh host bash -s <<'EOF'\nrm -rf $X\nEOF\nrm z", ['rm -rf $X', 'rm -rf <$X>'], ['rm z', 'rm z']],
    ['ssh -T host sudo -u app /bin/bash <<EOF\nrm x\nEOF', ['rm x', 'rm x']],
    ["ssh host 'bash -s' -- a b <<'EOF'\nrm x\nEOF", ['rm x', 'rm x']],
    ['echo "rm x" | ssh host "sudo bash"', ['rm x', 'rm x']],
    ['cat <<EOF | ssh host sh\nrm x\nEOF', ['rm x', 'rm x']],
    ['bash -c "cd /srv; bash -s" <<EOF\nrm x\nEOF', ['rm x', 'rm x']],
    ['echo "rm x" | docker exec -i box sh -s; kubectl exec -i pod -- bash <<EOF\nrm y\nEOF', ['rm x', 'rm x'], ['rm y', 'rm y']],
    ['ssh host "cat > clean.sh" <<EOF\nrm x\nEOF'],
    ['ssh host bash clean.sh <<EOF\nrm x\nEOF'],
    ['echo "rm x" | ssh host cat'],
    ['ssh -p 22 host "rm a; rm b" && ssh host rm c', ['rm a', 'rm a'], ['rm b', 'rm b'], ['rm c', 'rm c']],
    ['su - bob -c "rm x"', ['su - bob -c "rm x"', 'su - bob -c rm x'], ['rm x', 'rm x']],
  ],
  'variables': [
    ['DIR=/srv/data; rm -rf "$DIR"', ['rm -rf "$DIR"', 'rm -rf /srv/data']],
    ['A=/a B=$A/b; rm ${B} "${B:?}"', ['rm ${B} "${B:?}"', 'rm /a/b /a/b']],
    ['DIR=/a; if x; then DIR=/b; fi; rm $DIR', ['x', 'x'], ['rm $DIR', 'rm <$DIR>']],
    ['DIR=/a; rm $DIR; DIR=/b; rm $DIR', ['rm $DIR', 'rm /a'], ['rm $DIR', 'rm /b']],
    ['f() { local d=/a; rm $d; }; g() { local d=/b; rm $d; }', ['rm $d', 'rm /a'], ['rm $d', 'rm /b']],
    ['CMD="rm -rf /x"; $CMD; eval "$CMD"', ['$CMD', 'rm -rf /x'], ['$CMD', 'rm -rf /x']],
    ['for f in *; do rm $f; done; for d in /x; do rm $d; done', ['rm $f', 'rm <$f>'], ['rm $d', 'rm /x']],
    ['x=; read x; rm $x ${y%/} $1', ['rm $x ${y%/} $1', 'rm <$x> <${y%/}> <$1>']],
    ['A=$B; B=$A; rm $A', ['rm $A', 'rm <$A>']],
    ['X=1 rm $X', ['rm $X', 'rm <$X>']],
    ["export D=/x; bash -c 'rm $D'", ['rm $D', 'rm /x']],
  ],
  'odd characters': [
    ['for i in a b; do\r\n  rm "$i" \\\r\n   x\r\ndone\r\nrm z\r\n', ['rm "$i" \\\r\n   x', 'rm <$i> x'], ['rm z', 'rm z']],
    ['cat <<EOF\r\nrm x\r\nEOF\r\nrm z\r\n', ['rm z', 'rm z']],
    [`rm -rf ${hole}/x "a${hole}"`, [`rm -rf ${hole}/x "a${hole}"`, `rm -rf <${hole}>/x a<${hole}>`]],
    ['rm 😀 "😀 $(rm 😀)"; rm y', ['rm 😀', 'rm 😀'], ['rm 😀 "😀 $(rm 😀)"', 'rm 😀 😀 <$(rm 😀)>'], ['rm y', 'rm y']],
    ['rm -rf "$X', ['rm -rf "$X', 'rm -rf <$X>']],
  ],
};

describe('the commands of a shell script', () => {
  for (const [topic, cases] of Object.entries(scripts)) {
    describe(topic, () => {
      for (const [script, ...commands] of cases) {
        it(JSON.stringify(script), () => {
          assert.deepEqual(commandsOf(script), commands);
        });
      }
    });
  }

  it('know the functions around them', () => {
    const [command] = shellCommandsIn('deploy() { clean() { rm x; }; }');
    assert.deepEqual(command?.address, ['deploy', 'clean']);
  });

  const loops: readonly (readonly [string, string | undefined])[] = [
    ['for i in a "$b"; do rm x; done', 'a "$b"'],
    ['for i; do rm x; done', '"$@"'],
    ['aws s3 ls | while read b; do rm x; done', 'aws s3 ls'],
    ['while read -r b; do rm x; done < list.txt', 'list.txt'],
    ['until test -e y; do rm x; done', 'test -e y'],
    ['for ((i = 0; i < 3; i++)); do sh -c "rm x"; done', 'i = 0; i < 3; i++'],
    ['for i in a; do f() { rm x; }; done', undefined],
  ];
  for (const [script, over] of loops) {
    it(`loop over ${String(over)}: ${script}`, () => {
      assert.equal(shellCommandsIn(script).find(({ name }) => name === 'rm')?.loop?.over, over);
    });
  }

  it('stand beside the SQL that clients are sent', () => {
    const script = 'for d in a b; do psql -qc "DROP TABLE \\"x\\"; SELECT 1" --command=\'TRUNCATE y\'; done\nmysql <<EOF\nDELETE FROM z;\nEOF\necho "DROP TABLE no"';
    const statements = shellOperationsIn(script).filter((operation): operation is SqlStatement => operation.kind === 'statement');
    assert.deepEqual(statements.map(({ range, loop }) => [range.of(script), loop?.over]), [['DROP TABLE \\"x\\"', 'a b'], ['TRUNCATE y', 'a b'], ['DELETE FROM z', undefined]]);
  });

  it('are not looked for where brackets nest beyond reason', () => {
    assert.throws(() => shellOperationsIn('$('.repeat(1000)), /more than 200 open brackets/);
    assert.throws(() => shellOperationsIn('$('.repeat(100_000)), /more than 200 open brackets/);
  });
});

describe('any text read as a shell script', () => {
  const seeds = Object.values(scripts).flatMap((cases) => cases.map(([script]) => script));
  const spice = ['"', "'", '`', '$(', ')', '${', '}', '<<EOF\n', '\n', '\r\n', ';', '|', '&&', '\\', hole, '😀', '\ud83d', 'do', 'done', 'rm ', '{', '$\'', 'EOF\n', '\0'];
  for (const seed of [1, 2, 3, 4]) {
    it(`gives ranges inside it and no exception (seed ${seed})`, () => {
      const random = new Random(seed);
      for (let round = 0; round < 300; round++) {
        let text = `${random.of(seeds)}\n${random.of(seeds)}`;
        for (let change = random.below(5); change >= 0; change--) {
          const at = random.below(text.length + 1);
          text = random.below(3) === 0 ? text.slice(0, at) : text.slice(0, at) + random.of(spice) + text.slice(at + random.below(4));
        }
        for (const operation of shellOperationsIn(text)) {
          const ranges = [operation.range, ...(operation.kind === 'command' ? operation.words.map((word) => word.range) : []), ...(operation.loop === undefined ? [] : [operation.loop.range])];
          for (const range of ranges) assert.ok(range.endExclusive <= text.length, JSON.stringify(text));
        }
      }
    });
  }
});
