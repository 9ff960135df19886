/** A name, and what a line gives it where nobody says otherwise. */
export interface GivenValue {
  /** Without case and marks. */
  readonly name: string;
  readonly written: string;
  readonly value: string;
  /** The part of the line that gives it. */
  readonly source: string;
}

const value = String.raw`["']?(true|false|yes|no|on|off|\d[\d_]*)\b(?!\s*[-+*/.(])`;

/** Each pattern has the name in its first group and the value in its second. Names are bounded: of a long one each place would be tried. */
const forms: readonly RegExp[] = [
  // `dry_run=True`, `dryRun: boolean = true`, `DRY_RUN=${DRY_RUN:-true}`, `MAX_DELETE = 10`, `bool DryRun { get; set; } = true`
  new RegExp(String.raw`\$?([A-Za-z_][\w-]{0,200})["']?\s*(?::\s*[\w<>[\]|.?]+\s*)?(?:\{\s*get;[^{}]*\}\s*)?(?:=>|:?=|:-|:|\?\?|\|\|)\s*${value}`, 'gi'),
  // An option of a command line, and what it is without being given.
  /["']--([a-z][\w-]*)[^\n]{0,1000}?\bdefault(?:Value)?["']?\s*[=:]\s*["']?(true|false|\d[\d_]*)\b/gi,
  // The same in Go, also of cobra.
  /\b(?:persistent)?flags?(?:\(\))?\.(?:Bool|Int|String)\w*\(\s*(?:&[\w.]+,\s*)?["']([a-z][\w-]*)["'],\s*(?:["']\w?["'],\s*)?["']?(true|false|\d[\d_]*)\b/gi,
  // What is read from outside, and what it is where that says nothing: `os.environ.get("DRY_RUN", "1")`, `viper.SetDefault("dry_run", true)`.
  /\b(?:get|getenv|env|fetch|lookup|getOrDefault|getOrElse|getProperty|setDefault|config|option)\w*(?:<\w+>)?\(\s*["'`:]([A-Za-z_][\w.-]*)["'`]?\s*,\s*(?:default\s*=\s*)?["']?(true|false|yes|no|on|off|\d[\d_]*)\b/gi,
  // `dryRun: z.boolean().default(true)`, `dry_run: bool = Field(default=True)`, `let dry_run = given.unwrap_or(true)`
  /(?<![\w.])([A-Za-z_][\w-]{0,200})["']?\s*(?::\s*(?!\s)[\w<>[\]|.? ]{1,60}(?<!\s)\s*|:\s+)?[=:][^\n=,{]{0,200}?(?:\b(?:default|Field|Option|unwrap_or|orElse)\(\s*(?:default\s*=\s*)?|\bdefault\s*=\s*|\?:\s*|\?\?\s*)["']?(true|false|\d[\d_]*)\b/gi,
];

/** A switch of a command line, and whether it is on without being given: `add_argument("--dry-run", action="store_true")`. */
const toggle = /\badd_argument\(\s*["']--([\w-]+)["'][^\n]{0,200}?\baction\s*=\s*["']store_(true|false)["']/;
const destination = /\bdest\s*=\s*["'](\w+)["']/;

/** `const dryRun = process.env.DRY_RUN !== 'false'`: what it comes to where that is not set. */
const compared = /(?<![\w.])([A-Za-z_]\w*)\s*(?::\s*\w+\s*)?:?=\s*[^\n=!;]{0,100}?\b(?:env|environ|getenv|System|ENV|Environment|config)\b[^\n=!;]{0,100}?(!==?|===?)\s*["'](?:true|false|yes|no|on|off|[01])["']/gi;

/** A value whose name stands on another line. */
const unnamed = /\b(?:default(?:_value(?:_t)?|Value)?|Value|initial)["']?\s*[=:]\s*["']?(true|false|\d[\d_]*)\b/i;
/** An attribute stands before what it says something of; the options of a call, or the keys of an entry, behind its name. */
const attribute = /^\s*(?:#\[|@\w)/;
const below = /^\s*(?:(?:pub(?:\(\w+\))?|private|public|protected|internal|final|static|val|var|let)\s+)*(?:[\w<>?]+\s+)?([A-Za-z_]\w*)\s*(?:[:;=]|$)/;
const above = /["'`]--([a-z][\w-]*)|\boption\(\s*["'`]([\w-]+)|\b[nN]ame["']?\s*[:=]\s*["']([\w-]+)|\bvariable\s+"(\w+)"|^\s*["']?([A-Za-z_][\w-]*)["']?\s*[:=]\s*(?:\{|\w*\(|\w+\.\w+\(|$)/;
const farthestName = 6;

/** What a line gives, by itself. */
export function* valuesIn(line: string): Generator<GivenValue> {
  for (const form of forms) {
    for (const { 0: source, 1: written = '', 2: value = '' } of line.matchAll(form)) yield { name: spell(written), written, value: value.toLowerCase(), source };
  }
  const [source = '', option, stored] = toggle.exec(line) ?? [];
  if (option !== undefined) {
    const written = destination.exec(line)?.[1] ?? option;
    yield { name: spell(written), written, value: stored === 'true' ? 'false' : 'true', source };
  }
  for (const { 0: source, 1: written = '', 2: sign = '' } of line.matchAll(compared)) yield { name: spell(written), written, value: sign.startsWith('!') ? 'true' : 'false', source };
}

/** What a line of a text gives to a name that stands on one of those around it. @param index the line's number */
export function valueNamedNear(lines: readonly string[], index: number): GivenValue | undefined {
  const line = lines[index] ?? '';
  const [source = '', value] = unnamed.exec(line) ?? [];
  if (value === undefined) return undefined;
  const near = attribute.test(line) ? lines.slice(index + 1, index + 1 + farthestName).map((each) => (attribute.test(each) ? null : below.exec(each))) : lines.slice(Math.max(0, index - farthestName), index).reverse().map((each) => above.exec(each));
  const written = near.find((found) => found !== null)?.slice(1).find((name: string | undefined) => name !== undefined);
  return written === undefined ? undefined : { name: spell(written), written, value: value.toLowerCase(), source };
}

/** A name without case and marks. */
export function spell(text: string): string {
  return text.replace(/[-_]/g, '').toLowerCase();
}
