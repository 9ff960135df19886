import { csharp, go, graphql, php, python, ruby, shell, typescript } from '../check/example.ts';
import type { Scope, Undo } from '../check/blastRadius.ts';
import { loopFactors, productionFactors, quoted } from '../check/factors.ts';
import { defineRule, type Judgement, type Matcher } from '../check/rule.ts';
import { graphqlModule } from '../language/graphql/mutations.ts';
import type { Call } from '../language/operation.ts';

const verbs = new Set(['delete', 'destroy', 'remove', 'purge', 'drop', 'wipe', 'truncate', 'erase', 'terminate', 'deprovision', 'decommission', 'teardown', 'reset', 'clear', 'nuke']);
/** Words that say how, not what. */
const manners = new Set(['schedule', 'scheduled', 'by', 'id', 'ids', 'pk', 'permanently', 'force', 'hard', 'now', 'immediately', 'one', 'request', 'mutation', 'and', 'from']);
const many = new Set(['all', 'many', 'bulk', 'batch', 'everything']);

type Reach = readonly [scope: Scope, undo: Undo];

/** What services are built of: with one of them goes what is in it. */
const infrastructure: ReadonlyMap<string, Reach> = new Map([
  ...['project', 'environment', 'cluster', 'stack', 'workspace', 'space', 'tenant', 'organization', 'organisation', 'org', 'account', 'team', 'subscription', 'company', 'enterprise'].map((noun): [string, Reach] => [noun, ['environment', 'none']]),
  ...['volume', 'service', 'database', 'db', 'bucket', 'repository', 'repo', 'app', 'application', 'site', 'website', 'zone', 'domain', 'deployment', 'instance', 'server', 'droplet', 'machine', 'vm', 'disk', 'snapshot', 'backup', 'namespace', 'queue', 'topic', 'table', 'collection', 'index', 'schema', 'store', 'shop', 'vault', 'registry', 'network', 'vpc', 'pipeline', 'node', 'pool', 'storage', 'filesystem', 'dataset', 'datasource', 'catalog', 'plugin', 'addon', 'resource', 'branch', 'bases'].map((noun): [string, Reach] => [noun, ['service', 'none']]),
]);

/** The words of `volumeDelete` and `delete_users`, in lower case and in the singular. */
function wordsOf(name: string): string[] {
  return name.replace(/([a-z\d])([A-Z])/g, '$1 $2').split(/[\s_]+/).map((word) => word.toLowerCase());
}

function singular(word: string): string {
  return word.replace(/ies$/, 'y').replace(/(?<=s|x|ch)es$/, '').replace(/(?<![su])s$/, '');
}

/** `deleteProject` and `projectDelete`; a verb between other words is a noun: `projectResetToken`. */
function isDestructive(name: string): boolean {
  const words = wordsOf(name);
  return words.length > 1 && [words[0], words.at(-1), words.at(-2)].some((word, index) => word !== undefined && verbs.has(word) && (index < 2 || manners.has(words.at(-1) ?? '')));
}

function judge(operation: Call): Judgement | undefined {
  const { name, args } = operation;
  const words = wordsOf(name);
  const nouns = words.filter((word) => !verbs.has(word) && !manners.has(word) && !many.has(word));
  const noun = nouns.at(-1) ?? '';
  const reach = infrastructure.get(singular(noun)) ?? (words.some((word) => many.has(word)) || isBulk(words, args) ? (['collection', 'none'] as const) : undefined);
  const filter = args.find(({ source }) => /^(?:where|filter)\s*:/.test(source));
  const isUnfiltered = filter !== undefined && /^\w+\s*:\s*\{\s*\}$/.test(filter.source);
  if (filter !== undefined && !isUnfiltered && infrastructure.get(singular(noun)) === undefined) return undefined;
  const [scope, undo] = isUnfiltered ? (['collection', 'none'] as const) : (reach ?? (['object', 'none'] as const));
  const target = args.map(({ constant }) => constant).find((constant) => typeof constant === 'string');
  return {
    scope,
    undo,
    effect: `runs the mutation ${quoted(name)}${typeof target === 'string' ? ` on ${quoted(target)}` : ''}, which takes away ${infrastructure.has(singular(noun)) ? `a ${singular(noun)} and what it holds` : scope === 'object' ? `one ${singular(nouns.filter((word) => !/^v\d+$/.test(word)).at(-1) ?? '') || 'object'}` : 'more than one object'}`,
    ...(typeof target === 'string' && { target }),
    factors: [...(isUnfiltered ? [{ text: 'its filter is empty', weight: 0 } as const] : []), ...productionFactors(args.map(({ source }) => source)), ...loopFactors(operation)],
  };
}

/** `purgeEvents`, `truncateLogs`: the verbs that take all there is. */
function isBulk(words: readonly string[], args: Call['args']): boolean {
  return words.some((word) => /^(?:purge|truncate|wipe|nuke)$/.test(word)) && !args.some(({ source }) => /^id\s*:/i.test(source));
}

const mutation: Matcher<'call'> = {
  kind: 'call',
  name: '',
  words: [],
  names: { words: () => ['mutation'], has: isDestructive },
  test: ({ imported }) => imported?.startsWith(`${graphqlModule}#mutation.`) === true,
};

export default defineRule({
  id: 'graphql-delete',
  title: 'Deleted by a GraphQL mutation',
  why: 'A mutation takes effect at once and asks nobody. What a project, volume or database holds goes with it, and backups kept in it as well.',
  instead: 'Delete by hand in the service, where it names what goes; in code take a token that cannot delete, and look the id up in the environment it is meant for.',
  blindTo: 'What the server makes of a mutation, documents that are put together while the program runs, and names that do not say what they do.',
  blastRadius: { scope: 'service', undo: 'none' },
  matches: [mutation],
  judge: { call: judge },
  examples: {
    bad: [
      graphql`mutation { ⟦volumeDelete(volumeId: "v1")⟧ }`,
      graphql`mutation Clean($id: ID!) {
  ⟦gone: deleteProject(id: $id)⟧ { ok }
}`,
      graphql`mutation { ⟦delete_users(where: {})⟧ { affected_rows } }`,
      graphql`mutation { ⟦purgeEvents⟧ }`,
      shell`curl -H 'Content-Type: application/json' --data '{"query": "mutation { ⟦volumeDelete(volumeId: \"v1\")⟧ }"}' https://api.example.com/graphql`,
      typescript`await client.request('mutation Clean { ⟦environmentDelete(id: "e1")⟧ }');`,
      typescript`await fetch(api, { method: 'POST', body: JSON.stringify({ query: 'mutation { ⟦deleteDatabase(id: 1)⟧ { id } }' }) });`,
      python`query = "mutation { ⟦volumeDelete(volumeId: 1)⟧ }"
requests.post(api, json={"query": query})`,
      go`package tidy
func run() { body, _ := json.Marshal(map[string]any{"query": "mutation { ⟦environmentDelete(id: 1)⟧ }"}) }`,
      ruby`DROP = 'mutation { ⟦deleteRepository(input: { repositoryId: 1 })⟧ { clientMutationId } }'
Net::HTTP.post(api, { query: DROP }.to_json, headers)`,
      php`<?php
$client->post($api, ['json' => ['query' => 'mutation { ⟦deleteProject(id: 1)⟧ { id } }']]);`,
      csharp`class Tidy { void Run() { client.SendMutationAsync<object>(new GraphQLRequest { Query = "mutation { ⟦serviceDelete(id: 1)⟧ }" }); } }`,
    ],
    good: [
      graphql`type Mutation { volumeDelete(volumeId: ID!): Boolean! }`,
      graphql`mutation { deleteComment(id: "c1") { id } }`,
      graphql`query { deletedProjects { id } }`,
      graphql`mutation { delete_users(where: {id: {_eq: 1}}) { affected_rows } }`,
      graphql`mutation { createProject(input: {name: "deleteProject"}) { id } }`,
      typescript`console.log('mutation { volumeDelete(volumeId: "v1") }');`,
      typescript`deleteProject({ id });`,
      python`print("mutation { volumeDelete(volumeId: 1) }")`,
      python`requests.post(api, json={"query": "query { volumes { id } }"})`,
    ],
  },
});
