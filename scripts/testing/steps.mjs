// The steps of `npm test`, in the order in which they are told of.
import path from 'node:path';
import { defaultVersion, isSupported, oldestVersion, prepareHost } from '../../test/host/host.mjs';
import { bundleIntegrationTests, bundleTests, findTests } from './bundle.mjs';
import { needOpenSsh, needSshServer } from './debian.mjs';
import { root, runNode } from './node.mjs';
import { Output } from './output.mjs';
import { portionsOf } from './portions.mjs';
import { chooseVsCode } from './vscode.mjs';

/** A whole core: a browser, a server and an extension host at work wait in vain beside another host and other tests. */
const shareOfHost = 1;

/** A browser, servers and a host that work beside each other meet in many orders: one that failed a test once is told of, twice fails the run. */
const reporterOfHost = path.join(root, 'scripts/testing/reporter.cjs');

/**
 * A step's `run(output, { name, tests, vscode, cores, measured })` throws when it fails; `{ notRun }` says why a step cannot run on this system.
 * `needs` names steps that must have passed before it begins, `vscodeOf` the one of them that says which VS Code to test in, `tests` the folders of its test files.
 * Steps whose needs are there run beside each other; what takes a core's time asks `cores` for one. `isOf` names the runs that a step is for,
 * when it is not for each: 'long' what takes more than the minutes that one waits for between two edits, 'all' what CI does not need each time either.
 */
export const steps = [
  { name: 'generated', title: 'Generated files are fresh', run: script('scripts/generate.mjs', '--check') },
  { name: 'types', title: 'Type check', run: script('node_modules/typescript/bin/tsc', '--noEmit') },
  { name: 'lint', title: 'Lint', run: script('node_modules/eslint/bin/eslint.js', '.') },
  { name: 'build', title: 'Build', run: script('esbuild.mjs') },
  { name: 'openssh', title: 'OpenSSH to test signatures and pushes with', run: openSsh },
  { name: 'unit', title: 'Unit tests, rule examples and scenarios of who wrote what', needs: ['openssh'], tests: ['test/unit', 'test/attribution'], run: mocha({ timeoutMs: 60_000 }) },
  { name: 'cli', title: 'Command line tests', needs: ['build', 'openssh'], tests: ['test/cli'], areTests: (file) => !isAttack(file), run: mocha({ timeoutMs: 120_000 }) },
  { name: 'threats', title: 'Attacks on the review and its gate', needs: ['build', 'openssh'], tests: ['test/cli'], areTests: isAttack, isOf: 'long', run: mocha({ timeoutMs: 120_000 }) },
  { name: 'package', title: 'Package tests', needs: ['build'], tests: ['test/package'], run: mocha({ timeoutMs: 120_000 }) },
  { name: 'host', title: 'VS Code to test in', run: (output) => chooseVsCode((text) => output.line(text)) },
  {
    name: 'integration',
    title: 'Integration tests in VS Code, proposed API absent',
    needs: ['build', 'host'],
    vscodeOf: 'host',
    tests: ['test/integration'],
    run: integration({ isProposed: false, seconds: 220 }),
  },
  {
    name: 'proposed',
    title: 'Integration tests of who wrote what in VS Code, proposed API present',
    needs: ['build', 'host'],
    vscodeOf: 'host',
    tests: ['test/integration'],
    // The API tells where edits come from: what is attributed can differ by it, and nothing else. `npm run test:all` runs the others too.
    areTests: dependsOnSources,
    isOf: 'long',
    run: integration({ isProposed: true, seconds: 130 }),
  },
  {
    name: 'e2e',
    title: 'End-to-end tests in the VS Code server',
    needs: ['build', 'host'],
    vscodeOf: 'host',
    tests: ['test/e2e'],
    isOf: 'long',
    run: endToEnd,
  },
  ...ofAll([
    {
      name: 'proposedRest',
      title: 'The other integration tests in VS Code, proposed API present',
      needs: ['build', 'host'],
      vscodeOf: 'host',
      tests: ['test/integration'],
      areTests: (file) => !dependsOnSources(file),
      run: integration({ isProposed: true, seconds: 190 }),
    },
    { name: 'oldestHost', title: 'The oldest VS Code that the extension runs in', run: (output) => chooseVsCode((text) => output.line(text), { isOldest: true }) },
    {
      name: 'oldest',
      title: 'Integration tests in the oldest VS Code, proposed API absent',
      needs: ['build', 'oldestHost'],
      vscodeOf: 'oldestHost',
      tests: ['test/integration'],
      run: integration({ isProposed: false, seconds: 220 }),
    },
    {
      name: 'oldestProposed',
      title: 'Integration tests in the oldest VS Code, proposed API present',
      needs: ['build', 'oldestHost'],
      vscodeOf: 'oldestHost',
      tests: ['test/integration'],
      run: integration({ isProposed: true, seconds: 220 }),
    },
    {
      name: 'oldestE2e',
      title: 'End-to-end tests in the VS Code server of the oldest VS Code',
      needs: ['build', 'oldestHost'],
      vscodeOf: 'oldestHost',
      tests: ['test/e2e'],
      run: endToEnd,
    },
  ]),
].map((step) => ({ needs: [], ...step, tests: step.tests?.flatMap(findTests).filter(step.areTests ?? (() => true)) }));

/** One over a real sshd is a command line test like others: it shows that this machine has one. */
function isAttack(file) {
  return path.basename(path.dirname(file)) === 'threats' && path.basename(file) !== 'overSshd.test.ts';
}

/** Who wrote what in a document that is too long, or closed while it is looked at, is told alike whatever tells of the edits. */
function dependsOnSources(file) {
  const name = path.basename(file);
  return name.startsWith('attribution') && name !== 'attributionOddDocuments.test.ts';
}

function ofAll(more) {
  return more.map((step) => ({ ...step, isOf: 'all' }));
}

/** Before all tests: who waits wants to know of these first, and some need what they make. */
function script(...args) {
  return (output, { cores }) => cores.run({ seconds: Infinity }, () => runNode(args, { output }));
}

async function openSsh(output) {
  const log = (text) => output.line(text);
  output.line([...(await needOpenSsh(log)), await needSshServer(log)].join(', '));
}

/** In portions, each a process. One that fails leaves the others to run. */
function mocha({ timeoutMs, secondsEach = 15, share, env, options: more = [] }) {
  return async (output, { name, tests, cores, measured }) => {
    const bundled = await bundleTests(name, tests);
    const options = ['--forbid-only', '--fail-zero', '--no-color', '--timeout', String(timeoutMs), ...more];
    const run = async ({ files, seconds }) => {
      // What one prints is not mixed with what others do; of a single one it is seen as it comes.
      const own = portions.length === 1 ? output : new Output();
      try {
        await cores.run({ share, seconds }, async () => {
          const startedAt = performance.now();
          await runNode(['--enable-source-maps', 'node_modules/mocha/bin/mocha.js', ...options, ...files.map((file) => bundled.get(file))], { output: own, env });
          measured?.set(files[0], (performance.now() - startedAt) / 1000);
        });
      } finally {
        if (own !== output) output.write(own.text);
      }
    };
    const portions = portionsOf(tests, measured ? 0 : secondsEach);
    const failed = (await Promise.allSettled(portions.map(run))).filter(({ status }) => status === 'rejected');
    if (failed.length > 0) throw failed[0].reason;
  };
}

function integration({ isProposed, seconds }) {
  return async (output, { name, tests, vscode, cores }) => {
    const env = {
      FIREBREAK_TEST_STEP: name,
      FIREBREAK_TEST_EXECUTABLE: vscode.executable,
      FIREBREAK_TEST_HOST: vscode.host,
      FIREBREAK_TEST_REPORTER: reporterOfHost,
      FIREBREAK_TEST_PROPOSED: isProposed ? '1' : '',
      FIREBREAK_HOST_VERSION: vscode.version,
      FIREBREAK_HOST_SCREENSHOT: path.join(root, `out/screenshots/${name}-failed.png`),
    };
    await bundleIntegrationTests(name, tests);
    await cores.run({ share: shareOfHost, seconds }, () => runNode(['scripts/testing/integration.mjs'], { output, env }));
  };
}

async function endToEnd(output, step) {
  if (!isSupported) return { notRun: 'the VS Code server of test/host needs Linux x64' };
  const version = step.vscode.version;
  await prepareHost({ version, log: (text) => output.line(text) });
  // What failed may have left a server or a browser open: the run ends all the same.
  const options = ['--exit', '--retries', '1', '--reporter', reporterOfHost];
  return mocha({ timeoutMs: 180_000, secondsEach: 1000, share: shareOfHost, env: { FIREBREAK_HOST_VERSION: version }, options })(output, step);
}
