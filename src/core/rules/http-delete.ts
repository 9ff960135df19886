import { go, java, javascript, powershell, python, shell, tag, typescript } from '../check/example.ts';
import { loopFactors, productionFactors, quoted } from '../check/factors.ts';
import { type Loss, lossAt } from '../check/httpAddress.ts';
import { callClues, type DeleteRequest, deleteRequestOf, deleterClues, deleterNames, requesterClues, requesterNames } from '../check/httpCalls.ts';
import { isTest } from '../check/places.ts';
import { call, command, defineRule, type Judgement, type Place } from '../check/rule.ts';
import { type Call, hole, type ShellCommand, type Word } from '../language/operation.ts';
import { parametersOf } from '../language/powershell/parameters.ts';
import { hasOption, optionValue } from '../language/shell/options.ts';

function methodOf({ name, words }: ShellCommand): string | undefined {
  if (name.startsWith('invoke-')) return parametersOf(words).get('method')?.text;
  if (name === 'wget') return optionValue(words, '--method');
  if (name === 'gh' || name === 'glab') return optionValue(words, '-X', '--method');
  if (name === 'curl') return optionValue(words, '-X', '--request') ?? words.map(({ text }) => /^-[a-zA-Z]*X([A-Z]+)$/.exec(text)?.[1]).find((method) => method !== undefined) ?? behindCluster(words) ?? (hasOption(words, '-d', '--data', '--data-raw', '--json', '--data-binary') ? 'POST' : undefined);
  return words.find(({ text }) => /^(?:DELETE|POST|delete|post)$/.test(text))?.text;
}

/** `-sX DELETE`, `-sSLX DELETE`. */
function behindCluster(words: readonly Word[]): string | undefined {
  const at = words.findIndex(({ text }) => /^-[a-zA-Z]+X$/.test(text));
  return at === -1 ? undefined : words[at + 1]?.text;
}

/** A variable's name says what kind of server it holds the address of: `$ES/orders`. */
function readable({ text, holes: [held] }: Word): string {
  return text.startsWith(hole) && held !== undefined ? `${held.replace(/[${}]/g, '').toLowerCase()}${text.slice(1)}` : text;
}

function judge(operation: ShellCommand): Judgement | undefined {
  const { name, words } = operation;
  if ((name === 'gh' || name === 'glab') && words[0]?.text !== 'api') return undefined;
  const method = methodOf(operation)?.toUpperCase();
  if (method !== 'DELETE' && method !== 'POST') return undefined;
  const word = words.find(({ text }) => /:\/\/|^localhost|^:\d|^\uE000\/|^[\w.-]+:\d+\//.test(text)) ?? words.slice(1).find(({ text }) => text.includes('/') && !text.startsWith('-') && !text.includes(' '));
  if (word === undefined) return undefined;
  const address = name === 'gh' ? `https://api.github.com/${word.text.replace(/^\//, '')}` : name === 'glab' ? `https://gitlab.com/api/v4/${word.text.replace(/^\//, '')}` : readable(word);
  const loss = lossAt(address, method === 'DELETE');
  if (loss === undefined) return undefined;
  const [scope, undo, what] = loss;
  const target = word.text.includes(hole) ? word.source.replace(/^(["'])(.*)\1$/, '$2') : word.text;
  const lists = word.holes.find((held) => /^[$`]\(?.*\s/.test(held));
  return {
    scope,
    undo,
    effect: `${what} (${quoted(target)})`,
    target,
    factors: [...(lists === undefined ? [] : [{ text: `for what ${quoted(lists)} gives`, weight: 0 } as const]), ...productionFactors([target]), ...loopFactors(operation)],
  };
}

function judgeCall(operation: Call, place: Place): Judgement | undefined {
  const request = deleteRequestOf(operation);
  if (request === undefined) return undefined;
  const { address, source } = request;
  const loops = address.includes(hole) ? loopFactors(operation) : [];
  const [scope, undo, what] = lossOfRequest(request, loops.length > 0);
  // A test talks to a server that it started, unless the address says what it deletes there.
  if (isTest(place) && scope !== 'service' && scope !== 'environment') return undefined;
  return { scope, undo, effect: `${what} (${quoted(source)})`, target: source, factors: [...productionFactors([source]), ...loops] };
}

/** What a loop deletes one by one is many; a service's own address tells little of what one of its objects is. */
function lossOfRequest(request: DeleteRequest, isRepeated: boolean): Loss {
  const { address, isSpelledOut } = request;
  const known = isSpelledOut ? lossAt(address, true) : undefined;
  if (known !== undefined && known[0] !== 'object') return known;
  if (isRepeated) return ['set', 'none', 'deletes what the address names, once for each'];
  if (namesAll(request)) return ['collection', 'none', 'deletes all that the address names'];
  return ['object', 'none', 'deletes what the address names'];
}

/** `/users`: no key behind it, and none elsewhere. What belongs to whoever asks is no collection. */
function namesAll({ address, hasBody }: DeleteRequest): boolean {
  const [path = '', query = ''] = address.split(/[?#]/);
  const last = path.replace(/^https?:\/\/[^/]*/, '').replace(/\/$/, '').split('/').at(-1) ?? '';
  return !hasBody && query === '' && /^[a-z][a-z_-]*[^s]s$/i.test(last) && !/^(?:sessions|tokens|cookies|preferences|settings|favorites|favourites|details|status|alerts)$/i.test(last);
}

export default defineRule({
  id: 'http-delete',
  title: 'Deleted over HTTP',
  why: 'An interface deletes at once what the address names, with everything in it, and asks nobody.',
  instead: 'Use the tool of the service, which can show what would go, or look at the list first and delete one by its key.',
  blindTo: 'What the service makes of the request, whether it keeps what was deleted, and addresses that are only known when it runs.',
  blastRadius: { scope: 'collection', undo: 'none' },
  weighsTests: true,
  matches: [...['curl', 'wget', 'http', 'https', 'xh', 'httpie', 'gh', 'glab', 'invoke-restmethod', 'invoke-webrequest'].map((name) => command(name)), ...deleterNames.map((name) => call(name, undefined, name === 'DELETE' ? undefined : deleterClues)), ...requesterNames.map((name) => call(name, undefined, name === 'call' ? callClues : requesterClues))],
  judge: { command: judge, call: judgeCall },
  examples: {
    bad: [
      shell`⟦curl -X DELETE https://search.example.com:9200/orders⟧`,
      shell`for id in $(curl -s "$API/users" | jq -r '.[].id'); do ⟦curl -sX DELETE "https://api.example.com/users/$id"⟧; done`,
      shell`⟦curl -XPOST localhost:9200/orders/_delete_by_query -d '{"query":{"match_all":{}}}'⟧`,
      shell`⟦gh api -X DELETE repos/acme/shop⟧`,
      shell`⟦curl --request DELETE https://api.cloudflare.com/client/v4/zones/123⟧`,
      shell`⟦http DELETE https://api.example.com/v1/projects/shop⟧`,
      powershell`⟦Invoke-RestMethod -Method Delete -Uri "https://api.cloudflare.com/client/v4/zones/$zone"⟧`,
      javascript`for (const id of ids) await ⟦fetch(${'`'}${'$'}{base}/users/${'$'}{id}${'`'}, { method: 'DELETE' })⟧;`,
      typescript`import axios from 'axios';
users.forEach((user) => ⟦axios.delete('/api/users/' + user.id)⟧);`,
      typescript`await ⟦fetch('https://api.github.com/repos/acme/shop', { method: 'DELETE', headers })⟧;`,
      python`def clean_slate(req):
    for each in req("GET", "/tenants"):
        ⟦req("DELETE", f"/tenants/{each['id']}")⟧`,
      python`import requests
for user in requests.get(f"{API}/users").json():
    ⟦requests.delete(f"{API}/users/{user['id']}")⟧`,
      python`import httpx
async def wipe(ids):
    async with httpx.AsyncClient(base_url=API) as c:
        for i in ids:
            await ⟦c.delete(f"/users/{i}")⟧`,
      java`import java.net.http.*;
class Wipe {
  void run(HttpClient client, List<String> ids) {
    for (String id : ids) {
      URI uri = URI.create(BASE + "/users/" + id);
      client.send(⟦HttpRequest.newBuilder(uri).DELETE()⟧.build(), BodyHandlers.discarding());
      client.send(⟦HttpRequest.newBuilder(uri).method("DELETE", BodyPublishers.noBody())⟧.build(), BodyHandlers.discarding());
    }
  }
}`,
      go`package main

import "net/http"

func wipe() {
	req, _ := ⟦http.NewRequest("DELETE", "https://search.internal:9200/orders", nil)⟧
	http.DefaultClient.Do(req)
}`,
    ],
    good: [
      java`class Users { HttpRequest one(String id) { return HttpRequest.newBuilder(URI.create("https://api.example.com/users/" + id)).DELETE().build(); } }`,
      python`import httpx
for key in keys:
    cache.delete(f"/users/{key}")`,
      tag('test/headers.test.js')`await fetch(server + '/headers', { method: 'DELETE' });`,
      shell`curl -X DELETE https://api.example.com/users/42`,
      shell`curl -X DELETE "$API/sessions/$TOKEN"`,
      shell`curl -X DELETE localhost:3000/users/$ID`,
      shell`curl https://api.example.com/projects/shop`,
      shell`curl -X POST -d @order.json https://api.example.com/orders`,
      shell`gh api -X DELETE repos/acme/shop/issues/comments/1`,
      shell`echo "curl -X DELETE https://search:9200/orders"`,
      shell`curl -d 'DELETE' https://example.com/log`,
      typescript`import axios from 'axios';
const removeUser = (id: string) => axios.delete(${'`'}/api/users/${'$'}{id}${'`'});`,
      typescript`app.delete('/users/:id', (request, response) => response.end());`,
      javascript`for (const key of keys) cache.delete('/users/' + key);`,
      javascript`await fetch('/api/session', { method: 'DELETE' });`,
      python`requests.delete(f"https://api.example.com/users/{user_id}")`,
    ],
  },
});
