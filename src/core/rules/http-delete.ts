import type { Scope, Undo } from '../check/blastRadius.ts';
import { shell } from '../check/example.ts';
import { loopFactors, productionFactors, quoted } from '../check/factors.ts';
import { command, defineRule, type Judgement } from '../check/rule.ts';
import { hole, type ShellCommand, type Word } from '../language/operation.ts';
import { hasOption, optionValue } from '../language/shell/options.ts';

type Loss = readonly [scope: Scope, undo: Undo, what: string];

/** What a path of an interface names, most first; `…` in the words is the address. */
const losses: readonly (readonly [pattern: RegExp, loss: Loss])[] = [
  [/_delete_by_query\b/, ['collection', 'none', 'deletes every document that a query fits']],
  [/\/(?:_all|\*)(?:[/?]|$)/, ['service', 'none', 'deletes every index']],
  [/\/admin\/tsdb\/delete_series|\/loki\/api\/v1\/delete|\/api\/v2\/delete\b/, ['collection', 'none', 'deletes measurements']],
  [/\/_(?:snapshot|data_stream|index_template|ilm\/policy|slm\/policy)\//, ['service', 'none', 'deletes what the search engine keeps']],
  [/(?:api\.github\.com|\/api\/v3)\/repos\/[^/]+\/[^/?]+\/?(?:\?|$)/, ['environment', 'none', 'deletes a repository']],
  [/\/protection\b|\/branch_protections\b|\/rulesets\//, ['service', 'costly', 'takes the protection off a branch']],
  [/\/(?:collections|indexes|indices|buckets|topics|queues|streams|tables|databases|dbs|clusters|namespaces|projects|organi[sz]ations|orgs|tenants|subscriptions\/[^/]+\/resourcegroups|resourcegroups|zones|domains|volumes|disks|snapshots|backups|servers|droplets|instances|vms|machines|apps|services|sites|repositories|repos|environments|stacks|workspaces|keyspaces|vhosts|registries|accounts|vaults)\/[^/?#]+\/?(?:[?#]|$)/i, ['service', 'none', 'deletes a resource with everything in it']],
];

/** A search engine keeps its indexes at the top of its address. */
const topOfSearch = /:9200\/[^/?_][^/?]*\/?(?:\?|$)|(?:elastic|opensearch|\bes\b)[^/]*\/[^/?_][^/?]*\/?(?:\?|$)/i;

/** One thing by its number or key. */
const one: Loss = ['object', 'none', 'deletes what the address names'];
const all: Loss = ['collection', 'none', 'deletes what the address names, which has no key'];

function lossAt(address: string, isDelete: boolean): Loss | undefined {
  const known = losses.find(([pattern], index) => (isDelete || index === 0 || index === 2) && pattern.test(address))?.[1];
  if (known !== undefined) return known;
  if (!isDelete) return undefined;
  if (topOfSearch.test(address)) return ['collection', 'none', 'deletes an index with every document in it'];
  const last = address.replace(/[?#].*$/, '').replace(/\/$/, '').split('/').slice(3).at(-1) ?? '';
  return last === '' || /^(?:all|everything|bulk|batch)$/.test(last) ? all : one;
}

function methodOf({ name, words }: ShellCommand): string | undefined {
  if (name === 'wget') return optionValue(words, '--method');
  if (name === 'gh') return optionValue(words, '-X', '--method');
  if (name === 'curl') return optionValue(words, '-X', '--request') ?? words.map(({ text }) => /^-[a-zA-Z]*X([A-Z]+)$/.exec(text)?.[1]).find((method) => method !== undefined) ?? behindCluster(words) ?? (hasOption(words, '-d', '--data', '--data-raw', '--json', '--data-binary') ? 'POST' : undefined);
  return words.find(({ text }) => /^(?:DELETE|POST|delete|post)$/.test(text))?.text;
}

/** `-sX DELETE`, `-sSLX DELETE`. */
function behindCluster(words: readonly Word[]): string | undefined {
  const at = words.findIndex(({ text }) => /^-[a-zA-Z]+X$/.test(text));
  return at === -1 ? undefined : words[at + 1]?.text;
}

function judge(operation: ShellCommand): Judgement | undefined {
  const { name, words } = operation;
  if (name === 'gh' && words[0]?.text !== 'api') return undefined;
  const method = methodOf(operation)?.toUpperCase();
  if (method !== 'DELETE' && method !== 'POST') return undefined;
  const word = words.find(({ text }) => /:\/\/|^localhost|^:\d|^\uE000\/|^[\w.-]+:\d+\//.test(text)) ?? words.slice(1).find(({ text }) => text.includes('/') && !text.startsWith('-') && !text.includes(' '));
  if (word === undefined) return undefined;
  const address = name === 'gh' ? `https://api.github.com/${word.text.replace(/^\//, '')}` : word.text;
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

export default defineRule({
  id: 'http-delete',
  title: 'Deleted over HTTP',
  why: 'An interface deletes at once what the address names, with everything in it, and asks nobody.',
  instead: 'Use the tool of the service, which can show what would go, or look at the list first and delete one by its key.',
  blindTo: 'What the service makes of the request, whether it keeps what was deleted, and addresses that are only known when it runs.',
  blastRadius: { scope: 'collection', undo: 'none' },
  matches: ['curl', 'wget', 'http', 'https', 'xh', 'httpie', 'gh'].map((name) => command(name)),
  judge: { command: judge },
  examples: {
    bad: [
      shell`⟦curl -X DELETE https://search.example.com:9200/orders⟧`,
      shell`for id in $(curl -s "$API/users" | jq -r '.[].id'); do ⟦curl -sX DELETE "https://api.example.com/users/$id"⟧; done`,
      shell`⟦curl -XPOST localhost:9200/orders/_delete_by_query -d '{"query":{"match_all":{}}}'⟧`,
      shell`⟦gh api -X DELETE repos/acme/shop⟧`,
      shell`⟦curl --request DELETE https://api.cloudflare.com/client/v4/zones/123⟧`,
      shell`⟦http DELETE https://api.example.com/v1/projects/shop⟧`,
    ],
    good: [
      shell`curl -X DELETE https://api.example.com/users/42`,
      shell`curl https://api.example.com/projects/shop`,
      shell`curl -X POST -d @order.json https://api.example.com/orders`,
      shell`gh api -X DELETE repos/acme/shop/issues/comments/1`,
      shell`echo "curl -X DELETE https://search:9200/orders"`,
      shell`curl -d 'DELETE' https://example.com/log`,
    ],
  },
});
