import assert from 'node:assert/strict';

/** Fails a test of the describe block that calls this when something was rejected and nobody caught it. Call it behind the block's other hooks. */
export function failOnUnhandledRejections(): void {
  const failures: unknown[] = [];
  const note = (error: unknown): void => {
    failures.push(error);
  };
  before(() => {
    process.on('unhandledRejection', note);
  });
  after(() => {
    process.off('unhandledRejection', note);
  });
  afterEach(() => {
    assert.deepEqual(failures.splice(0), []);
  });
}
