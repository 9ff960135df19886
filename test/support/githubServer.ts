import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DescribedGithub } from './githubApi.ts';

/** An HTTP server on this machine in front of a described GitHub. */
export interface GithubServer {
  /** As of GitHub Enterprise. */
  readonly apiUrl: string;
  close(): void;
}

/** What somebody else than Firebreak asks of it, as VS Code does for its sign-in. @returns undefined for what is Firebreak's */
export type AnswerOthers = (call: { readonly url: string; readonly headers: Readonly<Record<string, string>> }, origin: string) => unknown;

/** @param githubOf gives what answers, once the address is known. What does not fit the description is answered with status 599. */
export async function serveGithub(githubOf: (apiUrl: string) => DescribedGithub, answerOthers: AnswerOthers = () => undefined): Promise<{ readonly server: GithubServer; readonly github: DescribedGithub }> {
  const http = createServer();
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const github = githubOf(`${origin}/api/v3`);
  http.on('request', (call, response) => {
    const chunks: Buffer[] = [];
    call.on('data', (chunk: Buffer) => chunks.push(chunk));
    call.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const headers = Object.fromEntries(Object.entries(call.headers).filter(([name]) => name !== 'host' && name !== 'connection').map(([name, value]) => [name, String(value)]));
      const other = answerOthers({ url: call.url ?? '', headers }, origin);
      if (other !== undefined) {
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(other));
        return;
      }
      void Promise.resolve()
        .then(() => github.fetch(`${origin}${call.url ?? ''}`, { method: call.method ?? '', headers, ...(body !== '' && { body }) }))
        .then(async (answer) => response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text()))
        .catch((error: unknown) => response.writeHead(599).end(JSON.stringify({ message: String(error) })));
    });
  });
  return { server: { apiUrl: `${origin}/api/v3`, close: () => http.close() }, github };
}
