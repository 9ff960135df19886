// From nothing loaded to the first finding: the runtime, one grammar, the parse and the rules. Each time in a fresh process.
import { execFileSync } from 'node:child_process';
import { distributionOf } from './distribution.ts';

const runs = 15;

if (process.argv[2] === 'once') {
  const before = performance.now();
  const [{ checkText }, { sampleFile }, { typescript }] = await Promise.all([import('../test/support/check.ts'), import('./samples/sample.ts'), import('./samples/typescript.ts')]);
  const loaded = performance.now();
  const findings = await checkText(typescript.path, sampleFile(typescript, 1000).text);
  if (findings.length === 0) throw new Error('nothing was found');
  console.log(JSON.stringify([loaded - before, performance.now() - loaded]));
} else {
  const took = Array.from({ length: runs }, () => JSON.parse(execFileSync(process.execPath, [process.argv[1] ?? '', 'once'], { encoding: 'utf8' })) as [number, number]);
  console.log(distributionOf('cold first finding, 1000 lines of TypeScript', took.map(([, check]) => check)));
  console.log(distributionOf('  (beside it: loading our own code)', took.map(([load]) => load)));
}
