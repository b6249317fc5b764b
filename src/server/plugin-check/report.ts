import type { Finding } from '../../seams/laws/law.ts';

const marks: Readonly<Record<Finding['verdict'], string>> = { kept: '✓', broken: '✗', 'not-asked': '–' };

/** A line per law, and beneath what was not kept the reason. */
export function findingLines(findings: readonly Finding[]): string[] {
  const width = Math.max(0, ...findings.map(({ number }) => number.length));
  return findings.flatMap(({ number, says, verdict, because }) => [
    `  ${marks[verdict]} ${number.padEnd(width)}  ${says}`,
    ...(because === undefined ? [] : because.split('\n').map((line) => `    ${' '.repeat(width)}  ${line}`)),
  ]);
}

/** How many laws were kept, broken and not asked, as a sentence. */
export function tally(findings: readonly Finding[]): string {
  const count = (verdict: Finding['verdict']) => findings.filter((one) => one.verdict === verdict).length;
  return `${count('kept')} kept, ${count('broken')} broken, ${count('not-asked')} not asked.`;
}
