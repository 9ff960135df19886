// What mocha's reports of a step say: any number of them, in one text.

/** Adds up the closing counts. */
export function countTests(report) {
  const sum = (word) => [...report.matchAll(new RegExp(`^ *(\\d+) ${word}\\b`, 'gm'))].reduce((n, [, count]) => n + Number(count), 0);
  return { passed: sum('passing'), failed: sum('failing') };
}

/** @returns of each test that failed its titles, how its error begins and where in the tests it was thrown, in one text of a few lines */
export function failedTests(report) {
  const failures = [];
  for (const [, list] of report.matchAll(/^ {2}\d+ failing\n([\s\S]*?)(?=\n\n\n|$(?![\s\S]))/gm)) {
    for (const [, titles, told] of list.matchAll(/^ {2}\d+\) ([\s\S]*?):\n\s*\n?([\s\S]*?)(?=^ {2}\d+\) |$(?![\s\S]))/gm)) {
      const error = told.split('\n').flatMap((line) => line.trim() || []).slice(0, 3);
      const place = /^\s*at .*\b(?:test|out)\/.*$/m.exec(told)?.[0].trim();
      failures.push([titles.split(/\n\s*/).join(' › '), ...error, place].filter(Boolean).join('\n    '));
    }
  }
  return failures;
}

/** @returns the titles of the tests that were tried again */
export function retriedTests(report) {
  return [...report.matchAll(/^ *tried again: (.*)$/gm)].map(([, title]) => title);
}
