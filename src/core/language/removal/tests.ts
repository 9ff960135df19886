/** The name of a test stands at most so many lines below what says that it is one. */
export const testReach = 20;

/** Where a test can begin, in the usual frameworks. */
const opener = /^[ \t]*(?:(?:it|test|specify|scenario)\b|(?:async\s+)?def\s+test|func\s+(?:Test|Fuzz|Benchmark)|#\[(?:\w+::)?test\]|@(?:Test|ParameterizedTest)\b|\[(?:Fact|Theory|Test|TestMethod|TestCase)\b|(?:public\s+)?function\s+test)/;

/** Each is the name of one test. */
const test = /^[ \t]*(?:(?:it|test|specify|scenario)(?:\.(?:each|only|concurrent|skip|todo)\b[^(\n]*)?\s*\(?\s*(["'`])((?:(?!\1).)+)\1|(?:async\s+)?def\s+(test\w*)|func\s+((?:Test|Fuzz|Benchmark)\w+)|#\[(?:\w+::)?test\][^]*?fn\s+(\w+)|@(?:Test|ParameterizedTest)\b[^]*?(?:void|fun)\s+(`[^`]+`|\w+)|\[(?:Fact|Theory|Test|TestMethod|TestCase)\b[^]*?\b(?:void|Task)\s+(\w+)|(?:public\s+)?function\s+(test\w+))/;

const skips = /\b(?:it|test|describe)\.skip\b|\bx(?:it|describe|test)\s*\(|@(?:pytest\.mark\.skip|unittest\.skip|Disabled|Ignore)\b|\bt\.Skip(?:Now)?\(|#\[ignore\]|(?<!["'\w])pending\s*['"]|\[(?:Fact|Theory|Test)\(?Skip/g;

const asserts = /\b(?:assert|expect|should|must|verify|check|require|ensure|raises|throws|rejects|equal|EXPECT_|ASSERT_)|\bt\.(?:Error|Fatal)/i;
/** Holds whatever the code does. */
const vacuous = /\bassert(?:\s+|_?(?:that|true|equals?)?!?\s*\(\s*|\.(?:ok|isTrue)\(\s*)true\b\s*[);,]*\s*(?:#.*|\/\/.*)?$|\bexpect\(\s*(true|1)\s*\)\s*\.\s*(?:to\.?be|toBe|toEqual|to\.equal)(?:Truthy\(|\(\s*\1|\.true)|^\s*(?:pass|\.\.\.)\s*(?:#.*)?$/i;

/** How many assertions went that no other came for, and how many lines came that assert nothing. */
export function assertionsLost({ surplus }: { readonly surplus: ReadonlyMap<string, number> }): { readonly lost: number; readonly vacuous: number } {
  let lost = 0;
  let empty = 0;
  for (const [line, by] of surplus) {
    if (vacuous.test(line)) empty += by;
    else if (asserts.test(line)) lost -= by;
  }
  return { lost, vacuous: empty };
}

/** Where a line begins that asserts nothing. */
export function vacuousIn(line: string): number | undefined {
  return vacuous.test(line.trimEnd()) ? line.search(/\S/) : undefined;
}

/** The name of the test that begins on a line. Of several marks over one test the last one begins it. */
export function testNamedAt(lines: readonly string[], index: number): string | undefined {
  if (!opener.test(lines[index] ?? '')) return undefined;
  let text = lines[index] ?? '';
  for (let next = index + 1; next <= index + testReach && next < lines.length; next++) {
    const line = lines[next] ?? '';
    if (opener.test(line)) break;
    text += line;
  }
  return test.exec(text)?.slice(2).find((name) => Boolean(name));
}

/** The names of the tests of a text. */
export function testsIn(text: string): string[] {
  const lines = text.split(/(?<=\n)/);
  return lines.flatMap((_, index) => testNamedAt(lines, index) ?? []);
}

/** How many tests a line skips. */
export function skipsIn(line: string): number {
  return line.match(skips)?.length ?? 0;
}

/** Where in a line a test is skipped. */
export function skipIn(line: string): number | undefined {
  const at = line.search(skips);
  return at === -1 ? undefined : at;
}

/** The text of each test, from its name to where the next one begins. */
export function testBodies(text: string): ReadonlyMap<string, string> {
  const lines = text.split(/(?<=\n)/);
  const starts = lines.flatMap((_, index) => {
    const name = testNamedAt(lines, index);
    return name === undefined ? [] : [{ name, index }];
  });
  return new Map(starts.map(({ name, index }, at) => [name, lines.slice(index, starts[at + 1]?.index).join('')]));
}

/** The names of the tests that asserted something before, and call what they test without asserting anything now. */
export function silentTests(before: string, after: string): string[] {
  const bodies = testBodies(after);
  const speaks = (body: string) => body.split('\n').some((line, index) => index > 0 && asserts.test(line));
  return [...testBodies(before)].flatMap(([name, body]) => {
    const now = bodies.get(name);
    return now !== undefined && speaks(body) && !speaks(now) && /\S/.test(now.split('\n').slice(1).join('')) ? [name] : [];
  });
}

/** What says that a test is run for each row of a table, in the usual frameworks. */
const table = /\bparametrize\b|\.each\b|\bsubTest\b|\.Run\(|@(?:ParameterizedTest|ValueSource|CsvSource|MethodSource|dataProvider|TestWith)\b|\[(?:InlineData|TestCase|DataRow|MemberData)\b|#\[(?:case|rstest|test_case)|#\[(?:DataProvider|TestWith)\b|\bwhere:|\bforall\b/;
/** The innermost brackets that hold something. */
const group = /[[({][^[\](){}\n]*[^\s[\](){}\n][^[\](){}\n]*[\])}]/g;
const literal = /["'`\d]|\b(?:true|false|True|False|None|null|nil)\b/;

/** How many rows of tables for tests some lines may bring. */
export function rowsIn(lines: readonly string[]): number {
  if (!lines.some((line) => table.test(line))) return 0;
  return lines.reduce((rows, line) => {
    const groups = (line.match(group) ?? []).filter((each) => literal.test(each));
    // A list that holds no others is a row for each of its own.
    const [only] = groups;
    return rows + (groups.length === 1 && only?.startsWith('[') === true && table.test(line) ? only.split(',').length : groups.length);
  }, 0);
}
