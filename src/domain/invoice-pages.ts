import type { LineNumber } from '../base/ids.ts';
import type { InvoiceStated, MatchedLine } from './facts.ts';

/**
 * The lines of the newest statement that is whole. A long invoice comes in pages of one instant, each a fact of its own:
 * they are joined by line number, a later reading of a line replacing an earlier one.
 */
export function joinPages(statements: readonly InvoiceStated[]): readonly MatchedLine[] {
  const withLines = statements.filter((fact) => fact.lines !== undefined);
  const newest = withLines.findLast((fact) => fact.moreLines === undefined) ?? withLines.at(-1);
  const lines = new Map<LineNumber, MatchedLine>();
  for (const fact of withLines) {
    if (fact.asOf !== newest?.asOf) continue;
    for (const line of numberedOnce(fact.lines ?? [])) lines.set(line.lineNumber, line);
  }
  return [...lines.values()];
}

/** A line number said twice would hide a line: the second of a kind becomes `3#2`. */
export function numberedOnce<Line extends { readonly lineNumber: LineNumber }>(lines: readonly Line[]): Line[] {
  const seen = new Map<LineNumber, number>();
  return lines.map((line) => {
    const times = (seen.get(line.lineNumber) ?? 0) + 1;
    seen.set(line.lineNumber, times);
    return times === 1 ? line : { ...line, lineNumber: `${line.lineNumber}#${times}` as LineNumber };
  });
}
