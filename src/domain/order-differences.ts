import { sameJson } from '../base/canonical-json.ts';
import type { Eaches } from '../base/eaches.ts';
import type { Asin, LineNumber } from '../base/ids.ts';
import type { UnitCost } from '../base/money.ts';
import type { Difference } from './changes.ts';
import type { StatedOrderLine } from './facts.ts';
import type { OrderTerms } from './purchase-order.ts';
import { sameWindow } from './window.ts';

/** A difference, and the line it is about where it is about one. */
export interface PlacedDifference {
  readonly lineNumber?: LineNumber;
  readonly asin?: Asin;
  readonly difference: Difference;
}

/** What both a version's line and a folded line have. */
interface ComparableLine {
  readonly lineNumber: LineNumber;
  readonly asin?: Asin;
  readonly ordered: Eaches;
  readonly unitCost?: UnitCost;
  readonly removed?: boolean;
}

/**
 * What changed from one version to the next: header first, then line by line in the order's numbering.
 * Equal terms have no differences; different terms have at least one.
 */
export function termDifferences(before: OrderTerms, after: OrderTerms): PlacedDifference[] {
  const differences = [...headerDifferences(before, after), ...lineDifferences(before.lines, after.lines)];
  const members = amendedMembers(before, after);
  if (members.length > 0) differences.push({ difference: { kind: 'purchase-order-amended', members } });
  return differences;
}

export function headerDifferences(before: OrderTerms, after: OrderTerms): PlacedDifference[] {
  const differences: Difference[] = [];
  if (before.type !== after.type) {
    differences.push({ kind: 'purchase-order-type-changed', ...pair(before.type, after.type) });
  }
  if (before.freightTerm !== after.freightTerm) {
    differences.push({ kind: 'freight-term-changed', ...pair(before.freightTerm, after.freightTerm) });
  }
  if (!sameWindow(before.shipWindow, after.shipWindow)) {
    differences.push({ kind: 'ship-window-changed', ...pair(before.shipWindow, after.shipWindow) });
  }
  if (!sameWindow(before.deliveryWindow, after.deliveryWindow)) {
    differences.push({ kind: 'delivery-window-changed', ...pair(before.deliveryWindow, after.deliveryWindow) });
  }
  if (before.shipTo?.id !== after.shipTo?.id) {
    differences.push({ kind: 'ship-to-changed', ...pair(before.shipTo?.id, after.shipTo?.id) });
  }
  const [had, has] = [totalOrdered(before.lines), totalOrdered(after.lines)];
  if (had > 0 && has === 0) differences.push({ kind: 'purchase-order-cancelled', before: had as Eaches });
  if (had === 0 && has > 0 && before.lines.length > 0) {
    differences.push({ kind: 'purchase-order-uncancelled', after: has as Eaches });
  }
  return differences.map((difference) => ({ difference }));
}

/** Lines are the same line when they have the same number. */
export function lineDifferences(
  before: readonly ComparableLine[],
  after: readonly ComparableLine[],
): PlacedDifference[] {
  const had = new Map(before.filter((l) => !l.removed).map((line) => [line.lineNumber, line]));
  const has = new Map(after.filter((l) => !l.removed).map((line) => [line.lineNumber, line]));
  const differences: PlacedDifference[] = [];
  const add = (line: ComparableLine, difference: Difference) =>
    differences.push({ lineNumber: line.lineNumber, ...(line.asin !== undefined && { asin: line.asin }), difference });

  for (const line of had.values()) {
    if (!has.has(line.lineNumber)) add(line, { kind: 'line-removed', before: line.ordered });
  }
  for (const line of has.values()) {
    const earlier = had.get(line.lineNumber);
    if (earlier === undefined) {
      add(line, { kind: 'line-added', ordered: line.ordered });
      continue;
    }
    if (earlier.ordered !== line.ordered) add(line, quantityDifference(earlier.ordered, line.ordered));
    if (!sameCost(earlier.unitCost, line.unitCost)) {
      add(line, { kind: 'cost-changed', ...pair(earlier.unitCost, line.unitCost) });
    }
  }
  return differences;
}

function quantityDifference(before: Eaches, after: Eaches): Difference {
  if (after === 0) return { kind: 'line-cancelled', before };
  if (before === 0) return { kind: 'line-uncancelled', after };
  return { kind: 'quantity-changed', before, after };
}

const compared: ReadonlySet<string> = new Set(['type', 'freightTerm', 'shipWindow', 'deliveryWindow', 'lines']);
const comparedOfLine: ReadonlySet<string> = new Set(['lineNumber', 'ordered', 'unitCost', 'removed']);

/** Members that differ and have no difference of their own, by name: `billTo`, `lines.listPrice`. Sorted. */
export function amendedMembers(before: OrderTerms, after: OrderTerms): string[] {
  const members = differingMembers(before, after).filter((name) => !compared.has(name));
  const movedShipTo = before.shipTo?.id !== after.shipTo?.id;
  const header = members.filter((name) => name !== 'shipTo' || !movedShipTo);
  const lines = after.lines.flatMap((line) => {
    const earlier = before.lines.find((candidate) => candidate.lineNumber === line.lineNumber);
    return earlier === undefined ? [] : amendedLineMembers(earlier, line);
  });
  return [...new Set([...header, ...lines])].sort();
}

export const amendedLineMembers = (before: StatedOrderLine | object, after: StatedOrderLine | object): string[] =>
  differingMembers(before, after)
    .filter((name) => !comparedOfLine.has(name))
    .map((name) => `lines.${name}`);

/** Names of the members whose values differ, at the first level. */
export function differingMembers(before: object, after: object): string[] {
  const [a, b] = [before as Record<string, unknown>, after as Record<string, unknown>];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => !sameJson(a[name], b[name])).sort();
}

const totalOrdered = (lines: readonly ComparableLine[]): number =>
  lines.reduce((total, line) => total + line.ordered, 0);
const sameCost = (a: UnitCost | undefined, b: UnitCost | undefined): boolean =>
  a?.cost === b?.cost && a?.currency === b?.currency;

/** `before` and `after`, each only where there is one. */
export const pair = <T>(before: T | undefined, after: T | undefined): { readonly before?: T; readonly after?: T } => ({
  ...(before !== undefined && { before }),
  ...(after !== undefined && { after }),
});
