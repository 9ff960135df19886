/** A call whose failure somebody did something about, and nobody does any more. */
export interface IgnoredFailure {
  /** The line it stands on now, without what sets it in. */
  readonly line: string;
  readonly call: string;
}

/** What fails by chance, and what nothing depends on. */
const idle = /^(?:fmt|log\w*|console|println?|print\w*)\b|\.(?:Close|Print\w*|Fprint\w*|Info\w*|Warn\w*|Debug\w*|Error\w*|Flush|Sync|Log\w*|Unlock|Rollback)\(/;

/** How a line of a language hands on the failure of a call, and how one passes over it. Both have the call in the group of that name. */
interface Failing {
  readonly files: RegExp;
  readonly heeded: RegExp;
  readonly ignored: readonly RegExp[];
}

const forms: readonly Failing[] = [
  { files: /\.go$/, heeded: /^(?:if\s+)?(?:\w+\s*,\s*)*\w*[eE]rr\w*\s*:?=\s*(?<call>[\w.]+\(.*\))(?:\s*;.*)?$/, ignored: [/^(?:(?:\w+\s*,\s*)*_\s*:?=\s*)?(?<call>[\w.]+\(.*\))$/] },
  { files: /\.rs$/, heeded: /^(?:let\s+[\w: <>()&]+=\s*)?(?<call>[\w.:!&]+\(.*\)(?:\.await)?)(?:\.(?:unwrap|expect|context|with_context|map_err)\(.*\))?\??;?$/, ignored: [/^(?:let\s+)?_\w*\s*=\s*(?<call>[\w.:!&]+\(.*\)(?:\.await)?);$/, /^(?<call>[\w.:!&]+\(.*\)(?:\.await)?)\.ok\(\);$/, /^(?<call>[\w.:!&]+\(.*\)(?:\.await)?)\.unwrap_or(?:_default|_else)?\(.*\);$/] },
  { files: /\.py$/, heeded: /^(?<call>.*\brun\(.*\bcheck\s*=\s*True\b.*)$/, ignored: [/^(?<call>(?!.*\bcheck\s*=\s*True).*\brun\(.*)$/] },
  { files: /\.py$/, heeded: /^(?<call>.*\bsubprocess\.)check_(?<rest>call\(.*)$/, ignored: [/^(?<call>.*\bsubprocess\.)(?<rest>call\(.*)$/] },
  { files: /\.[cm]?[jt]sx?$/, heeded: /^(?:(?:const|let)\s+\w+\s*=\s*)?(?:return\s+)?await\s+(?<call>[\w.$]+\(.*\));?$/, ignored: [/^void\s+(?<call>[\w.$]+\(.*\));?$/, /^(?:(?:const|let)\s+\w+\s*=\s*)?(?:void\s+|await\s+)?(?<call>[\w.$]+\(.*\))\.catch\(\s*(?:noop|\(?\w*\)?\s*=>\s*(?:\{\s*\}|undefined|null|false|void 0))\s*\);?$/] },
];

function callOn(line: string, form: RegExp): string | undefined {
  const { call, rest = '' } = form.exec(line)?.groups ?? {};
  return call === undefined ? undefined : `${call}${rest}`.replace(/,\s*check\s*=\s*(?:True|False)\b|\s+/g, '');
}

/** By lines that went and came: calls that are as they were, but for what is done when they fail. */
export function ignoredFailures(path: string, gone: readonly string[], come: readonly string[]): IgnoredFailure[] {
  return forms.filter(({ files }) => files.test(path)).flatMap(({ heeded, ignored }) => {
    const had = new Set(gone.filter((line) => !ignored.some((form) => form.test(line) && !heeded.test(line))).flatMap((line) => callOn(line, heeded) ?? []));
    if (had.size === 0) return [];
    return come.flatMap((line) => {
      const call = heeded.test(line) && !ignored.some((form) => form.test(line)) ? undefined : ignored.map((form) => callOn(line, form)).find((each) => each !== undefined && had.has(each));
      return call === undefined || idle.test(call) ? [] : [{ line, call: line }];
    });
  });
}

/** What asks of an answer whether it is an error: `response.raise_for_status()`, `response.EnsureSuccessStatusCode()`. */
const asked = /^(?:await\s+)?\$?(\w+)(?:\.|->)(?:raise_for_status|EnsureSuccessStatusCode|error_for_status|throwIfFailed|throw)\(\)\??;?$/;
const askedOtherwise = /status|\.ok\b|\bok\(|success|raise_for_status|EnsureSuccess/i;

/** The names of answers of which nobody asks any more whether they are errors. */
export function unaskedAnswers(gone: readonly string[], come: readonly string[]): string[] {
  if (come.some((line) => askedOtherwise.test(line))) return [];
  return gone.flatMap((line) => asked.exec(line)?.[1] ?? []);
}
