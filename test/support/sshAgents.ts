import { spawn } from 'node:child_process';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { join, WireReader, wireString, wireUint32 } from '../../src/core/review/wire.ts';
import type { SoftwareSecurityKey } from './softwareSecurityKey.ts';

export interface Agent {
  /** For SSH_AUTH_SOCK. */
  readonly socket: string;
  stop(): Promise<void>;
}

/** A real ssh-agent. `env` is what its questions are asked with. */
export async function startAgent(socket: string, env: NodeJS.ProcessEnv = {}): Promise<Agent> {
  const child = spawn('ssh-agent', ['-D', '-a', socket], { env: { ...process.env, ...env }, stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('close', () => {
    resolve();
  }));
  // Its socket is there for a moment before it listens.
  for (let waits = 0; !(await answers(socket)); waits++) {
    if (waits > 500) throw new Error('ssh-agent did not start');
    await sleep(10);
  }
  const stop = async () => {
    child.kill();
    await ended;
  };
  return { socket, stop };
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socket);
    connection.once('error', () => {
      resolve(false);
    });
    connection.once('connect', () => {
      connection.destroy();
      resolve(true);
    });
  });
}

/** Another socket that leads to an agent, as sshd makes one for a forwarded agent. */
export function forwardAgent(socket: string, agent: Agent): Promise<Agent> {
  return listen(socket, (near) => {
    const far = connect(agent.socket);
    near.pipe(far).pipe(near);
    for (const end of [near, far]) end.on('error', () => {
      near.destroy();
      far.destroy();
    });
  });
}

const [failure, requestIdentities, identities, signRequest, signResponse] = [5, 11, 12, 13, 14];

/** An agent (draft-miller-ssh-agent) with one security key, which is touched or not. @param touched what it waits for before it signs */
export function startSecurityKeyAgent(socket: string, key: SoftwareSecurityKey, flags: number, touched: Promise<void> = Promise.resolve()): Promise<Agent> {
  const answer = (kind: number, request: WireReader): Uint8Array => {
    if (kind === requestIdentities) return join([Uint8Array.of(identities), wireUint32(1), wireString(key.blob), wireString('software')]);
    if (kind !== signRequest) return Uint8Array.of(failure);
    request.string();
    return join([Uint8Array.of(signResponse), wireString(key.signData(request.string(), flags))]);
  };
  return listen(socket, (near) => {
    let received: Uint8Array = new Uint8Array();
    near.on('data', (data: Buffer) => {
      received = join([received, data]);
      for (let length = lengthOf(received); received.length >= 4 + length && length > 0; length = lengthOf(received)) {
        const [kind, request] = [received[4] ?? 0, new WireReader(received.slice(5, 4 + length))];
        received = received.subarray(4 + length);
        void (kind === signRequest ? touched : Promise.resolve()).then(() => near.write(wireString(answer(kind, request))));
      }
    });
  });
}

function lengthOf(bytes: Uint8Array): number {
  return new WireReader(bytes.subarray(0, 4)).uint32();
}

function listen(socket: string, serve: (near: Socket) => void): Promise<Agent> {
  const open = new Set<Socket>();
  const server: Server = createServer((near) => {
    open.add(near);
    serve(near);
  });
  const stop = () =>
    new Promise<void>((resolve) => {
      for (const near of open) near.destroy();
      server.close(() => {
        resolve();
      });
    });
  return new Promise((resolve) => server.listen(socket, () => {
    resolve({ socket, stop });
  }));
}
