// The steps of `npm test`, in order.
import path from 'node:path';
import { isSupported, prepareHost } from '../../test/host/host.mjs';
import { bundleIntegrationTests, bundleTests, findTests } from './bundle.mjs';
import { needOpenSsh } from './debian.mjs';
import { root, runNode } from './node.mjs';
import { chooseVsCode } from './vscode.mjs';

/**
 * A step's `run(output, { name, tests, vscode })` throws when it fails; what the step `host` returns is `vscode` for the
 * rest; `{ notRun }` says why a step cannot run on this system.
 * `needs` names steps that must run before it, `tests` the folders of its test files; a step that `isEarly` starts at once
 * and goes on beside the others until its turn.
 */
export const steps = [
  { name: 'generated', title: 'Generated files are fresh', run: script('scripts/generate.mjs', '--check') },
  { name: 'types', title: 'Type check', run: script('node_modules/typescript/bin/tsc', '--noEmit') },
  { name: 'lint', title: 'Lint', isEarly: true, run: script('node_modules/eslint/bin/eslint.js', '.') },
  { name: 'build', title: 'Build', run: script('esbuild.mjs') },
  { name: 'openssh', title: 'OpenSSH to test signatures with', run: async (output) => output.line((await needOpenSsh((text) => output.line(text))).join(', ')) },
  { name: 'unit', title: 'Unit tests, rule examples and scenarios of who wrote what', needs: ['openssh'], tests: ['test/unit', 'test/attribution'], run: mocha({ timeoutMs: 60_000 }) },
  { name: 'cli', title: 'Command line tests', needs: ['build', 'openssh'], tests: ['test/cli'], run: mocha({ timeoutMs: 120_000 }) },
  { name: 'package', title: 'Package tests', needs: ['build'], tests: ['test/package'], run: mocha({ timeoutMs: 120_000 }) },
  { name: 'host', title: 'VS Code to test in', isEarly: true, run: (output) => chooseVsCode((text) => output.line(text)) },
  {
    name: 'integration',
    title: 'Integration tests in VS Code, proposed API absent',
    needs: ['build', 'host'],
    tests: ['test/integration'],
    run: integration({ isProposed: false }),
  },
  {
    name: 'proposed',
    title: 'Integration tests in VS Code, proposed API present',
    needs: ['build', 'host'],
    tests: ['test/integration'],
    run: integration({ isProposed: true }),
  },
  {
    name: 'e2e',
    title: 'End-to-end tests in the VS Code server',
    needs: ['build', 'host'],
    tests: ['test/e2e'],
    run: endToEnd,
  },
].map((step) => ({ needs: [], ...step, tests: step.tests?.flatMap(findTests) }));

function script(...args) {
  return (output) => runNode(args, { output });
}

function mocha({ timeoutMs }) {
  return async (output, { name, tests }) => {
    const bundled = await bundleTests(name, tests);
    const options = ['--forbid-only', '--no-color', '--timeout', String(timeoutMs)];
    await runNode(['--enable-source-maps', 'node_modules/mocha/bin/mocha.js', ...options, ...bundled], { output });
  };
}

function integration({ isProposed }) {
  return async (output, { tests, vscode }) => {
    const env = {
      FIREBREAK_TEST_EXECUTABLE: vscode.executable,
      FIREBREAK_TEST_HOST: vscode.host,
      FIREBREAK_TEST_PROPOSED: isProposed ? '1' : '',
      FIREBREAK_HOST_SCREENSHOT: path.join(root, `out/screenshots/${isProposed ? 'proposed' : 'integration'}-failed.png`),
    };
    await bundleIntegrationTests(tests);
    await runNode(['scripts/testing/integration.mjs'], { output, env });
  };
}

async function endToEnd(output, step) {
  if (!isSupported) return { notRun: 'the VS Code server of test/host needs Linux x64' };
  await prepareHost({ log: (text) => output.line(text) });
  return mocha({ timeoutMs: 180_000 })(output, step);
}
