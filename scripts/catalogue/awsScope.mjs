// What an operation takes away and how far that reaches, derived from its name, its inputs and its siblings.
import { additions, overrides } from './awsOverrides.mjs';

/** Operations whose name alone says that something is taken away. */
const verbs = /^(?:Delete|BatchDelete|AdminDelete|Terminate|Purge)/;

/** Labels and their kin are no loss, and what runs for an hour at most is none either. */
const leftOut = /Tags?(?:$|From|For)|Tagging$|^Terminate.*(?:Session|Job|Jobs|Connections|Execution|Transfer)$/;

/** One entry of many that are written and deleted in the ordinary course of things, by the last word of their name. */
const items =
  /(?:Message|Messages|MessageBatch|Item|Items|ObjectVersion|Object|Objects|Record|Records|Attribute|Attributes|Event|Events|Comment|Comments|Reaction|Metadata|Label|Labels|Session|Sessions|Token|Tokens|Annotation|Entries|Entry|DataPoints?|Bookmark|Favorite|Associations?|Documents|Suggestions|Geofences?|PositionHistory|Invitations?|Invocation|Value|Values|Draft|Note|Results?|Rating|Vote|CustomVocabularyItem|TypedLink|Shadow|Statement|Builds?|ReportHistory|MultipartUpload)$/;

/** Things that hold what cannot be made again, by words of their name. */
const stateful =
  /(?:Database|DB(?:Instance|Cluster)|(?<!Route|Policy)Table|Bucket|Volume|Snapshot|Backup|Vault|FileSystem|Cluster|Queue|Stream|LogGroup|Index|Domain|Datastore|DataStore|DataSet|Dataset|Store|Archive|UserPool|IdentityPool|Collection|Graph|Ledger|Repository|Replica|Image|ImageSet|Disk|Lake|Keyspace|Namespace|Cache|Instance|Workspace|Directory|Project|Site|Key|Tape|Registry|Account|Library|KnowledgeBase|Memory|Mailbox|Recording|Model)s?$/;

/** Of these, the ones that whole services stand on, or that are a way back. */
const storage = /(?:Database|DB(?:Instance|Cluster)|Cluster|FileSystem|Data[sS]tore|UserPool|Vault|Snapshot|Backup|Volume)s?$/;

/** Settings of something that stays, which are set again by one call. */
const settings = /(?:Configuration|Configurations|Config|Settings?|Options|Preferences?|Association|Associations|Permission|Permissions|Metrics|Filter|Concurrency|Cors|Notification|Rules?|Route|Alias|Permissions?Policy)$/;

const reachOfService = 20;
const reachOfCollection = 6;

/** A member that names something, for operations that require none. */
const naming = /(?:Id|Ids|Name|Names|Arn|Arns|Identifier|Ip|Url)$/i;

/** Inputs that name a thing of any kind: siblings that need them too need not be about this one. */
const generic = /^(?:name|id|arn|identifier|resourceArn|resourceId|type)$/i;

/** Inputs that a request has beside what it is about. */
const plumbing = /^(?:DryRun|clientToken|idempotencyToken|requestToken|ClientRequestToken|ownerAccount|ExpectedBucketOwner|AwsAccountId|CallerReference|MFA|RequestPayer|IfMatch|etag|.*Version|.*Token)$/i;

/** Inputs that keep a way back or take it away. */
const safeguards = /^(?:SkipFinal\w*|FinalDB\w*|Final\w*Snapshot\w*|Force\w*|Bypass\w*|RecoveryWindowInDays|PendingWindowInDays|DeleteAutomatedBackups|RetainResources|RetainStacks|deletionMode|Delete\w*Data\w*|Cascade|Recursive|DryRun|RetainPrimaryCluster|RetainInitialUserData|DeleteType|deleteReports|SkipDestroy|ReleaseElasticIp|DeleteAssociated\w*)$/i;

/** Every operation of a service that takes something away. */
export function destructiveOperations(service) {
  const found = [];
  for (const [name, input] of service.operations) {
    const key = `${service.name}.${name}`;
    const isOverridden = Object.hasOwn(overrides, key);
    if (isOverridden ? overrides[key] === undefined : !verbs.test(name) || leftOut.test(name)) continue;
    const identifiers = identifiersOf(input);
    const [scope, undo] = overrides[key] ?? scopeOf(name, identifiers, service.operations);
    found.push({ name, identifiers, isEachNeeded: input.required.length > 0, scope, undo, safeguards: input.members.filter((member) => safeguards.test(member)) });
  }
  for (const { service: owner, ...added } of additions) if (owner === service.name) found.push({ ...added, isEachNeeded: true, safeguards: [] });
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @throws when an override names what the models do not have */
export function checkOverrides(services) {
  const known = new Set(services.flatMap((service) => [...service.operations.keys()].map((name) => `${service.name}.${name}`)));
  const gone = Object.keys(overrides).filter((key) => !known.has(key));
  if (gone.length > 0) throw new Error(`scripts/catalogue/awsOverrides.mjs names operations that no service has: ${gone.join(', ')}`);
}

function identifiersOf({ required, members }) {
  const all = required.filter((member) => !plumbing.test(member));
  const needed = all.length > 1 ? all.filter((member) => member !== 'AccountId') : all;
  return needed.length > 0 ? needed : members.filter((member) => naming.test(member) && !plumbing.test(member)).slice(0, 3);
}

function scopeOf(name, identifiers, operations) {
  const noun = name.replace(verbs, '');
  if (items.test(noun)) return ['object', 'costly'];
  if (isPart(noun, identifiers, operations)) return settings.test(noun) ? ['object', 'easy'] : ['set', 'costly'];
  const undo = stateful.test(noun) ? 'none' : 'costly';
  if (storage.test(noun)) return ['service', undo];
  const reach = identifiers.every((identifier) => generic.test(identifier)) ? namesakesOf(noun, operations) : reachOf(name, identifiers, operations);
  return [reach >= reachOfService ? 'service' : reach >= reachOfCollection ? 'collection' : 'set', undo];
}

/** The number of siblings that need everything which identifies it: what they act on goes with it. */
function reachOf(name, identifiers, operations) {
  if (identifiers.length === 0) return 0;
  return [...operations].filter(([other, { required }]) => other !== name && identifiers.every((identifier) => required.includes(identifier))).length;
}

function namesakesOf(noun, operations) {
  return [...operations.keys()].filter((name) => name.includes(noun)).length;
}

/** What is named by its owner alone is a part of it: `DeleteBucketCors` takes a bucket's name, `DeleteLoginProfile` a user's. */
function isPart(noun, identifiers, operations) {
  const names = (what) => identifiers.some((identifier) => identifier.toLowerCase().includes(lastWord(what)));
  if (identifiers.length === 0 || names(noun)) return false;
  return [...operations].some(([name, { required }]) => {
    const owner = /^Delete(\w+)$/.exec(name)?.[1];
    return owner !== undefined && owner !== noun && names(owner) && required.length > 0 && required.every((member) => identifiers.includes(member));
  });
}

function lastWord(noun) {
  return /[A-Z][a-z0-9]*$/.exec(noun)?.[0].toLowerCase() ?? noun.toLowerCase();
}
