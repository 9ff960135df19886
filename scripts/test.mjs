// `npm test`: installs what is missing, checks the code and runs every test.
// Usage: npm test [-- [STEP…] [FILE.test.ts…]], e.g. npm test -- unit, npm test -- proposed test/integration/edits.test.ts
import { install } from './install.mjs';

await install();
const { runSteps } = await import('./testing/runner.mjs');
try {
  const hasPassed = await runSteps(process.argv.slice(2));
  // Steps that were begun early may still run when another failed: end them.
  process.exit(hasPassed ? 0 : 1);
} catch (error) {
  console.error(error.message);
  process.exit(2);
}
