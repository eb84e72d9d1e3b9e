import { globSync, readFileSync } from 'node:fs';

// Prints how many tests really ran: Vitest writes a report for each process where CI is set, and the cache restores none.
let passed = 0;
let failed = 0;
for (const file of globSync('.vitest/reports/*.json')) {
  const report: {
    numPassedTests: number;
    numFailedTests: number;
    numFailedTestSuites: number;
    numPendingTests: number;
  } = JSON.parse(readFileSync(file, 'utf8'));
  passed += report.numPassedTests;
  failed += report.numFailedTests + report.numPendingTests;
}
console.log(`${passed} passed, ${failed} failed`);
