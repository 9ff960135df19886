import type { Call, Link, Value } from '../language/operation.ts';

/** How languages and drivers write a filter that matches everything. */
const everything = /^(?:undefined|null|None|nil|\{\}|\[\]|array\(\)|dict\(\)|bson\.[MD]\{\}|new (?:Bson)?Document\(\)|Document\(\)|Filters\.empty\(\)|(?:new )?BasicDBObject\(\)|new BasicDBObject\(\)|Bson\.empty\(\)|doc!\s*\{\s*\}|Document::new\(\)|(?:Builders<\w+>\.Filter|FilterDefinition<\w+>)\.Empty|\w+ => true|new Query\(\)|Query\(\)|Map\.of\(\)|hash\[\]|emptyMap\(\)|mapOf\(\))$/;

/** Whether a filter that is written here matches everything; one with a spread, or with a name that other lines may fill, may not. */
export function isEmptyFilter(value: Value | undefined): boolean {
  if (value === undefined || value.constant === null || everything.test(value.source)) return true;
  if (value.standsFor !== undefined) return false;
  if (typeof value.constant === 'string') return /^\s*\{\s*\}\s*$/.test(value.constant);
  return value.properties?.size === 0 && value.isOpen !== true;
}

/** The value of a property of an object literal, or of a named argument. */
export function property(value: Value | undefined, name: string): Value | undefined {
  return value?.properties?.get(name);
}

/** The last of the arguments when it is the named ones, or an object of options. */
export function optionsOf({ args }: Pick<Call, 'args'>): Value | undefined {
  const last = args.at(-1);
  return last?.properties === undefined ? undefined : last;
}

/** What narrows a query, in the builders of all languages. */
const narrowing = /^(?:where\w*|_where|or[Ww]here\w*|and[Ww]here\w*|filter\w*|Filter\w*|Where\w*|exclude|limit|Limit|take|Take|Skip|offset|first|last|find\w*|having\w*|for_update_by|id|byId|eq|neq|gt|gte|lt|lte|like|ilike|is|in|contains\w*|containedBy|match|not|or|textSearch|overlaps|range\w*|in_batches|join|innerJoin|only|whereKey|Scopes|scoping|wherePrimaryKey|\$dynamic|\$call|\$if)$/;

/** Whether one of the links of a chain narrows what the chain acts on; what is only named and not called does not. */
export function isNarrowed(links: readonly Link[], isVoid: (args: readonly Value[]) => boolean = boundsNothing): boolean {
  return links.some(({ name, args }) => args !== undefined && narrowing.test(name) && !isVoid(args));
}

/** `where(undefined)`, `where("1 = 1")`, `filter(True)`, `where({})`: a condition that bounds nothing. */
function boundsNothing(args: readonly Value[]): boolean {
  const [first] = args;
  return isAlwaysTrue(args) || (args.length === 1 && first?.properties?.size === 0 && first.isOpen !== true && first.standsFor === undefined);
}

export function isAlwaysTrue(args: readonly Value[]): boolean {
  const [first] = args;
  if (first === undefined || args.length > 1) return false;
  return first.source === 'undefined' || first.constant === true || (typeof first.constant === 'string' && /^\s*(?:1|true|1\s*=\s*1|true\s*=\s*true)\s*$/i.test(first.constant)) || /^sql`\s*(?:true|1|1\s*=\s*1)\s*`$/i.test(first.source);
}

/** The last name of what a call is a method of: `db` of `this.dataSource.db`, `getDatabase` of `getDatabase(a)`. */
export function lastName(receiver = ''): string {
  return /(?<![\w$])([\w$]+)\s*(?:\([^()]*\))?[!?]?$/.exec(receiver.trim())?.[1] ?? '';
}

/** The name of the collection that a receiver ends with: `users` of `db('app').collection('users')` and of `client["app"]["users"]`. */
export function collectionName(receiver = ''): string | undefined {
  return /[([]\s*["'`]([^"'`]+)["'`]\s*[)\]]$/.exec(receiver.trim())?.[1];
}

/** Whether the file brings in one of the modules that a pattern names. */
export function brings({ modules }: Pick<Call, 'modules'>, pattern: RegExp): boolean {
  return modules.some((module) => pattern.test(module));
}

/** Databases that live in the process or in a container made for the run: they start empty anyway. */
const throwaway = /mongodb-memory-server|pg-mem|testcontainers|fakeredis|ioredis-mock|redis-mock|mongomock|sqlite-in-memory|jest-mongodb|fake_?redis|mockgoose|fakemongo/i;

/** Addresses of such databases in the code or the settings before. */
const inMemory = /:memory:|jdbc:(?:h2|hsqldb):mem\b|jdbc:derby:memory|UseInMemoryDatabase\(/;

export function isThrowaway(call: Pick<Call, 'modules' | 'preceding'>): boolean {
  return brings(call, throwaway) || inMemory.test(call.preceding ?? '');
}
