/** One JUnit report of many, each as Vitest writes it. */
export function mergeJunit(reports: readonly string[]): string {
  const suites = reports.map((xml) => {
    const inner = /<testsuites\b[^>]*>([\s\S]*)<\/testsuites>/.exec(xml)?.[1];
    return inner?.trim() ?? '';
  });
  return `<?xml version="1.0" encoding="UTF-8" ?>\n<testsuites>\n${suites.filter(Boolean).join('\n')}\n</testsuites>\n`;
}
