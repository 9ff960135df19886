/**
 * Call in a `describe`: for each test variables of this process are as given (undefined: not set), and afterwards as they were. Node itself reads some of them, such as TMPDIR, from
 * the process alone, so that another object in the place of `process.env` does not reach it.
 */
export function withEnvironment(variables: () => Readonly<Record<string, string | undefined>>): void {
  let before: Readonly<Record<string, string | undefined>> = {};
  beforeEach(() => {
    const wanted = variables();
    before = Object.fromEntries(Object.keys(wanted).map((name) => [name, process.env[name]]));
    set(wanted);
  });
  afterEach(() => {
    set(before);
  });
}

function set(variables: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
}
