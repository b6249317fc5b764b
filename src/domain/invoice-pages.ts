import type { InvoiceStated, MatchedLine } from './facts.ts';

/**
 * The lines of the newest statement that has them. A long invoice comes in pages of one instant, each a fact of its own:
 * they are joined in page order, and pages of an older instant give way to a newer one.
 */
export function joinPages(statements: readonly InvoiceStated[]): readonly MatchedLine[] {
  const newest = statements.findLast((fact) => fact.lines !== undefined);
  if (newest === undefined) return [];
  return statements.filter((fact) => fact.asOf === newest.asOf && fact.lines !== undefined).flatMap((fact) => fact.lines ?? []);
}
