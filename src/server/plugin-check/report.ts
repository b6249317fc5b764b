import type { Finding } from '../../seams/laws/law.ts';

const marks: Readonly<Record<Finding['verdict'], string>> = { kept: '✓', broken: '✗', 'not-asked': '–' };

/** A line per law, and beneath it why it was not kept. Laws that wait for one reason share a line. */
export function findingLines(findings: readonly Finding[]): string[] {
  const width = Math.max(0, ...findings.map(({ number }) => number.length));
  const under = (text: string) => text.split('\n').map((line) => `    ${' '.repeat(width)}  ${line}`);
  const waiting = new Map<string, string[]>();
  for (const { number, verdict, because } of findings) {
    if (verdict !== 'not-asked' || because === undefined) continue;
    waiting.set(because, [...(waiting.get(because) ?? []), number]);
  }
  return findings.flatMap(({ number, says, verdict, because = '' }) => {
    if (verdict === 'kept') return [`  ${marks.kept} ${number.padEnd(width)}  ${says}`];
    if (verdict === 'broken') return [`  ${marks.broken} ${number.padEnd(width)}  ${says}`, ...under(because)];
    const together = waiting.get(because) ?? [];
    waiting.delete(because);
    if (together.length === 0) return [];
    if (together.length === 1) return [`  ${marks['not-asked']} ${number.padEnd(width)}  ${says}`, ...under(because)];
    const [first = '', ...more] = runs(together);
    const [from = '', ...to] = first.split(' ');
    return [
      `  ${marks['not-asked']} ${from.padEnd(width)}  ${[to.join(' '), ...more].filter((run) => run !== '').join(', ')}: not asked, since ${because}`,
    ];
  });
}

/** `S2, S3, S4, S20` as `S2 to S4` and `S20`. */
function runs(numbers: readonly string[]): readonly string[] {
  const follows = (a: string | undefined, b: string | undefined): boolean =>
    a !== undefined && b !== undefined && Number(a.slice(1)) + 1 === Number(b.slice(1)) && a[0] === b[0];
  const firsts = numbers.filter((number, at) => !follows(numbers[at - 1], number));
  const lasts = numbers.filter((number, at) => !follows(number, numbers[at + 1]));
  return firsts.map((first, at) => (first === lasts[at] ? first : `${first} to ${lasts[at]}`));
}

/** How many laws were kept, broken and not asked, as a sentence. */
export function tally(findings: readonly Finding[]): string {
  const count = (verdict: Finding['verdict']) => findings.filter((one) => one.verdict === verdict).length;
  return `${count('kept')} kept, ${count('broken')} broken, ${count('not-asked')} not asked.`;
}
