// Starts the VS Code server on 127.0.0.1.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { atEnd, killGroup, temporaryFolder } from '../../scripts/lifetime.mjs';
import { installServer, oldestVersion } from './install.mjs';
import { quietSettings, untrustingSettings } from './settings.mjs';

const startTimeoutMs = 60_000;

/**
 * @param {object} options
 * @param {number} [options.port] 0 takes a free one
 * @param {string[]} [options.proposedApi] ids of the extensions that get the proposals they declare
 * @param {object} [options.settings] user settings, over the quiet ones of settings.mjs
 * @param {object} [options.machineSettings] those that VS Code takes of the machine alone on which extensions run
 * @param {boolean} [options.trusts] false has the editor ask whether the workspace is trusted, as on the desktop; it is not until somebody says so
 * @param {string} [options.version] of code-server
 * @returns its temporary folder, connection token, origin and port, the `payload` that the workbench's address has to have for it, `stop()`, `gone` (a promise) and `output()`, what the server printed
 */
export async function startServer({ port = 0, proposedApi = [], settings = {}, machineSettings = {}, trusts = true, version, log } = {}) {
  const { node, vscode, version: installed } = await installServer({ version, log });
  const { folder, remove } = temporaryFolder();
  const userData = path.join(folder, 'user');
  // User settings of the web workbench are kept by code-server on the server.
  mkdirSync(path.join(userData, 'User'), { recursive: true });
  writeFileSync(path.join(userData, 'User/settings.json'), JSON.stringify({ ...quietSettings, ...(trusts ? {} : untrustingSettings), ...settings }));
  mkdirSync(path.join(userData, 'Machine'), { recursive: true });
  writeFileSync(path.join(userData, 'Machine/settings.json'), JSON.stringify(machineSettings));

  // Whoever reaches the port gets an editor with a terminal, so it opens only to who has the printed address.
  const token = randomBytes(16).toString('hex');
  const tokenFile = path.join(folder, 'token');
  writeFileSync(tokenFile, token, { mode: 0o600 });

  const args = [
    `--import=${pathToFileURL(path.join(import.meta.dirname, 'orphan.mjs'))}`,
    path.join(vscode, 'out/server-main.js'),
    '--host=127.0.0.1',
    `--port=${port}`,
    `--connection-token-file=${tokenFile}`,
    '--accept-server-license-terms',
    // Without the smoke test driver the workbench ignores the `payload` of its URL, and with it our extensions. The oldest one heeds it, and with the driver refuses every dialog.
    ...(installed === oldestVersion ? [] : ['--enable-smoke-test-driver']),
    ...(trusts ? ['--disable-workspace-trust'] : []),
    '--telemetry-level=off',
    `--server-data-dir=${path.join(folder, 'server')}`,
    `--user-data-dir=${userData}`,
    `--extensions-dir=${path.join(folder, 'extensions')}`,
    ...proposedApi.flatMap((id) => ['--enable-proposed-api', id]),
  ];
  const env = {
    ...process.env,
    PATH: path.dirname(node) + path.delimiter + process.env.PATH,
    TMPDIR: folder,
    XDG_RUNTIME_DIR: folder,
  };
  const server = spawn(node, args, { env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  const gone = new Promise((resolve) => server.once('exit', resolve));
  const takeBack = atEnd(() => killGroup(server.pid));
  const stop = async () => {
    killGroup(server.pid);
    await gone;
    takeBack();
    remove();
  };

  let output = '';
  try {
    const actualPort = await listening(server, port, (data) => (output += data));
    // The oldest one does not tell its workbench of the ids: that takes it from its address, and then for each extension that declares proposals.
    const isTold = installed !== oldestVersion;
    return { folder, token, port: actualPort, origin: `http://127.0.0.1:${actualPort}`, payload: proposedApi.length === 0 || isTold ? [] : [['enableProposedApi', '']], stop, gone, output: () => output };
  } catch (error) {
    await stop();
    throw new Error(`The VS Code server did not start: ${error.message}\n${output.slice(-3000)}`);
  }
}

function listening(server, wanted, record) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`it did not listen within ${startTimeoutMs / 1000} s`)), startTimeoutMs);
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`it ended with exit code ${code}`)));
    let line = '';
    const read = (data) => {
      record(data);
      line += data;
      // It stays, and listens to nothing.
      if (line.includes('EADDRINUSE')) reject(new Error(`port ${wanted} of 127.0.0.1 is taken: name another one, or none`));
      const port = /listening on (\d+)/.exec(line)?.[1];
      if (!port) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
    server.stdout.on('data', read);
    server.stderr.on('data', read);
  });
}
