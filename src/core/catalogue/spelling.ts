/** A name without what languages spell differently: `DeleteDBInstance`, `delete_db_instance` and `delete-db-instance` are one. */
export function spelling(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
}

/** `delete_db_instance` for `DeleteDBInstance`, as Python, Ruby and Rust spell it. */
export function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
}

/** `deleteDBInstance` for `DeleteDBInstance`. */
export function camelCase(name: string): string {
  return `${name[0]?.toLowerCase() ?? ''}${name.slice(1)}`;
}

/** Words of a name for people: `DB instance` for `DBInstance`. */
export function wordsOf(name: string): string {
  return snakeCase(name)
    .split('_')
    .map((word) => (name.includes(word.toUpperCase()) && word.length > 1 ? word.toUpperCase() : word))
    .join(' ');
}

/** Pulumi has some of a provider's types twice, `aws.s3.Bucket` and `aws.s3.BucketV2`: in the spelling without marks, the name that both have. */
export function withoutVersion(type: string): string {
  return type.replace(/v\d$/, '');
}
