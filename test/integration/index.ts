// The entry of the tests inside VS Code's extension host.
import { readdirSync } from 'node:fs';
import path from 'node:path';

export async function run(): Promise<void> {
  // mocha is an ES module, this bundle is not.
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({ color: false, forbidOnly: true, timeout: 60_000, retries: 1, reporter: process.env.FIREBREAK_TEST_REPORTER });
  const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.js'));
  for (const file of files.sort()) mocha.addFile(path.join(__dirname, file));
  await mocha.loadFilesAsync();
  await new Promise<void>((resolve, reject) => {
    mocha.run((failures) => {
      if (failures === 0) resolve();
      else reject(new Error(`${failures} integration tests failed`));
    });
  });
}
