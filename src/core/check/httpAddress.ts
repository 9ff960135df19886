import type { Scope, Undo } from './blastRadius.ts';

/** How far a request reaches, and what it does in words. */
export type Loss = readonly [scope: Scope, undo: Undo, what: string];

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
const topOfSearch = /:9200\/[^/?_][^/?]*\/?(?:\?|$)|(?:elastic|opensearch|\bes(?:_\w+)?\b)[^/]*\/[^/?_][^/?]*\/?(?:\?|$)/i;

/** CouchDB its databases, and ClickHouse, InfluxDB and Solr what they call by a path of their own. */
const topOfCouch = /:[56]984\/[^/?_][^/?]*\/?(?:\?|$)/;

/** One thing by its number or key. */
const one: Loss = ['object', 'none', 'deletes what the address names'];
const all: Loss = ['collection', 'none', 'deletes what the address names, which has no key'];

/** What a request to an address takes away; `isDelete` says that its method is DELETE. */
export function lossAt(address: string, isDelete: boolean): Loss | undefined {
  const known = losses.find(([pattern], index) => (isDelete || index === 0 || index === 2) && pattern.test(address))?.[1];
  if (known !== undefined) return known;
  if (!isDelete) return undefined;
  if (topOfCouch.test(address)) return ['service', 'none', 'deletes a database with every document in it'];
  if (topOfSearch.test(address)) return ['collection', 'none', 'deletes an index with every document in it'];
  const last = address.replace(/[?#].*$/, '').replace(/\/$/, '').replace(/^(?:\w+:\/\/)?[^/]*/, '').split('/').at(-1) ?? '';
  return last === '' || /^(?:all|everything|bulk|batch)$/.test(last) ? all : one;
}
