import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProgram } from '../../scripts/folders.mjs';

/** Whoever may enter an account, and what runs when they do; without a command, what they ask for. */
export interface Entrance {
  readonly account: string;
  /** The line of a public key. */
  readonly publicKey: string;
  readonly command?: string;
}

/** OpenSSH's own server on 127.0.0.1, for as long as it is not stopped. Root alone can let in other accounts than its own. */
export class SshServer {
  readonly folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'firebreak-sshd-')));
  port = 0;
  private daemon: ChildProcess | undefined;

  async start(entrances: readonly Entrance[]): Promise<void> {
    const program = findProgram(['sshd'], ['/usr/sbin', '/usr/local/sbin']);
    if (program === undefined) throw new Error('there is no sshd; npm test -- openssh installs it where it may, or says what to install');
    chmodSync(this.folder, 0o755);
    // Where root's sshd goes with what it does for those who have not entered yet.
    if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', this.at('host')]);
    for (const account of new Set(entrances.map((each) => each.account))) {
      const lines = entrances.filter((each) => each.account === account).map(({ publicKey, command }) => `${command === undefined ? 'restrict,agent-forwarding' : `restrict,command="${command.replaceAll('"', '\\"')}"`} ${publicKey}\n`);
      writeFileSync(this.at(`keys-${account}`), lines.join(''), { mode: 0o644 });
    }
    this.port = await freePort();
    const config = ['ListenAddress 127.0.0.1', `Port ${this.port}`, `HostKey ${this.at('host')}`, `AuthorizedKeysFile ${this.at('keys-%u')}`, 'StrictModes no', 'UsePAM no', 'PasswordAuthentication no', 'KbdInteractiveAuthentication no', 'PermitRootLogin prohibit-password', 'AllowAgentForwarding yes', 'PidFile none', 'LogLevel VERBOSE'];
    writeFileSync(this.at('config'), `${config.join('\n')}\n`);
    writeFileSync(this.at('known_hosts'), `[127.0.0.1]:${this.port} ${readFileSync(this.at('host.pub'), 'utf8')}`);
    this.daemon = spawn(program, ['-D', '-f', this.at('config'), '-E', this.at('log')], { stdio: 'ignore' });
    for (let tries = 0; !(await answers(this.port)); tries++) {
      if (tries > 200 || this.daemon.exitCode !== null) throw new Error(`sshd did not start: ${existsSync(this.at('log')) ? readFileSync(this.at('log'), 'utf8') : 'it said nothing'}`);
      await sleep(50);
    }
  }

  at(name: string): string {
    return path.join(this.folder, name);
  }

  /** How ssh is called by who has a key. */
  client(keyFile: string): string[] {
    return ['ssh', '-F', 'none', '-i', keyFile, '-o', 'IdentitiesOnly=yes', '-o', 'BatchMode=yes', '-o', `UserKnownHostsFile=${this.at('known_hosts')}`, '-o', 'StrictHostKeyChecking=yes', '-o', 'SendEnv=FIREBREAK_PUSHER'];
  }

  url(account: string, folder: string): string {
    return `ssh://${account}@127.0.0.1:${this.port}${folder}`;
  }

  async stop(): Promise<void> {
    const { daemon } = this;
    if (daemon?.exitCode === null) {
      const ended = new Promise((resolve) => daemon.once('exit', resolve));
      daemon.kill();
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => { resolve(typeof address === 'object' && address !== null ? address.port : 0); });
    });
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => { socket.destroy(); resolve(true); });
    socket.once('error', () => { resolve(false); });
  });
}
