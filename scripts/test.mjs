// `npm test`: installs what is missing, checks the code and runs the tests.
// Usage: npm test [-- [STEP…] [FILE.test.ts…]], e.g. npm test -- unit, npm test -- proposed test/integration/attributionEdits.test.ts
//   npm test -- --long: every test, as CI runs them; npm run test:all: also in the oldest VS Code; npm test -- --measure unit cli: takes down what each test file takes, to share them out evenly
import { install } from './install.mjs';

await install();
const { runSteps } = await import('./testing/runner.mjs');
try {
  const hasPassed = await runSteps(process.argv.slice(2));
  process.exit(hasPassed ? 0 : 1);
} catch (error) {
  console.error(error.message);
  process.exit(2);
}
