// Mocha's own report, which also says which tests passed only when tried again: a race, in the test or in what it tests.
const { reporters } = require('mocha');

module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    // The same words are looked for in report.mjs.
    runner.on('retry', (test, error) => console.log(`    tried again: ${test.titlePath().join(' › ')}\n${error.stack}`));
  }
};
