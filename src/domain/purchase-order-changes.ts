import { eaches } from '../base/eaches.ts';
import type { Instant } from '../base/instant.ts';
import type { Change, Difference } from './changes.ts';
import {
  amendedLineMembers,
  differingMembers,
  headerDifferences,
  lineDifferences,
  type PlacedDifference,
} from './order-differences.ts';
import type { OrderLineState, PurchaseOrderState } from './purchase-order.ts';

/**
 * What became different of an order between two states. Equal states have no changes; different ones have at least one,
 * so nothing in the tables moves without an entry in the log (R3).
 *
 * @param occurredAt when the newest of the new facts says it happened; receipts and acknowledgements carry their own instant
 */
export function purchaseOrderChanges(
  before: PurchaseOrderState | undefined,
  after: PurchaseOrderState,
  occurredAt: Instant,
): Change[] {
  const place = (
    difference: Difference,
    at: Instant = occurredAt,
    line?: Pick<PlacedDifference, 'lineNumber' | 'asin'>,
  ): Change => ({
    subject: { kind: 'purchase-order', key: after.number },
    orderNumber: after.number,
    ...(line?.lineNumber !== undefined && { lineNumber: line.lineNumber }),
    ...(line?.asin !== undefined && { asin: line.asin }),
    occurredAt: at,
    difference,
  });

  const changes: Change[] = [];
  if (before === undefined) {
    const ordered = eaches(after.lines.reduce((total, line) => total + line.ordered, 0));
    changes.push(
      place({ kind: 'purchase-order-placed', lines: after.lines.length, ordered }, after.orderedAt ?? occurredAt),
    );
  } else {
    changes.push(...betweenStates(before, after).map((placed) => place(placed.difference, occurredAt, placed)));
  }

  for (const line of after.lines) {
    const earlier = before?.lines.find((candidate) => candidate.lineNumber === line.lineNumber);
    changes.push(...lineEvents(earlier, line).map(({ difference, at }) => place(difference, at ?? occurredAt, line)));
  }
  if (changes.length === 0 && before !== undefined) {
    const members = differingMembers(before, after);
    if (members.length > 0) changes.push(place({ kind: 'purchase-order-amended', members }));
  }
  return changes;
}

function betweenStates(before: PurchaseOrderState, after: PurchaseOrderState): PlacedDifference[] {
  const differences: PlacedDifference[] = [];
  const [had, has] = [shownState(before), shownState(after)];
  if (has !== undefined && had !== has) {
    differences.push({
      difference: { kind: 'purchase-order-state-changed', ...(had !== undefined && { before: had }), after: has },
    });
  }
  // The folded lines say more than the terms' own: totals may be newer than the last version.
  const terms = (state: PurchaseOrderState) => ({ ...state.terms, lines: state.lines.filter((line) => !line.removed) });
  differences.push(...headerDifferences(terms(before), terms(after)), ...lineDifferences(before.lines, after.lines));
  const members = amended(before, after);
  if (members.length > 0) differences.push({ difference: { kind: 'purchase-order-amended', members } });
  return differences;
}

/** Amazon's two words for where the order stands, as one. */
const shownState = ({ amazonState, amazonStatus }: PurchaseOrderState): string | undefined =>
  [amazonState, amazonStatus].filter((word) => word !== undefined).join('/') || undefined;

const told: ReadonlySet<string> = new Set(['type', 'freightTerm', 'shipWindow', 'deliveryWindow', 'lines']);
const toldOfLine: ReadonlySet<string> = new Set(
  ['acknowledged', 'accepted', 'backordered', 'rejected', 'acknowledgements', 'received', 'receipts'].map(
    (m) => `lines.${m}`,
  ),
);

/** What differs and has no difference of its own. */
function amended(before: PurchaseOrderState, after: PurchaseOrderState): string[] {
  const moved = before.terms.shipTo?.id !== after.terms.shipTo?.id;
  const header = differingMembers(before.terms, after.terms).filter(
    (name) => !told.has(name) && !(moved && name === 'shipTo'),
  );
  const dates = differingMembers({ orderedAt: before.orderedAt }, { orderedAt: after.orderedAt });
  const lines = after.lines.flatMap((line) => {
    const earlier = before.lines.find((candidate) => candidate.lineNumber === line.lineNumber);
    return earlier === undefined ? [] : amendedLineMembers(earlier, line).filter((name) => !toldOfLine.has(name));
  });
  return [...new Set([...header, ...dates, ...lines])].sort();
}

/** Answers and receipts that are new to a line. */
function lineEvents(
  before: OrderLineState | undefined,
  after: OrderLineState,
): { difference: Difference; at?: Instant }[] {
  const events: { difference: Difference; at?: Instant }[] = [];
  const answer = ({ accepted, backordered, rejected }: OrderLineState) => ({ accepted, backordered, rejected });
  const had = before === undefined ? undefined : answer(before);
  const has = answer(after);
  const answered =
    before === undefined
      ? after.acknowledged
      : differingMembers({ ...had, a: before.acknowledged }, { ...has, a: after.acknowledged }).length > 0;
  if (answered) {
    const at = after.acknowledgements.at(-1)?.at;
    const nothing = { accepted: eaches(0), backordered: eaches(0), rejected: eaches(0) };
    events.push({
      difference: { kind: 'line-acknowledged', before: had ?? nothing, after: has },
      ...(at !== undefined && { at }),
    });
  }
  // Receipts are a sequence; what two sequences share from the start is old.
  const earlier = before?.receipts ?? [];
  const shared = after.receipts.findIndex(
    (receipt, index) => differingMembers(receipt, earlier[index] ?? {}).length > 0,
  );
  for (const { quantity, runningTotal, correction, receivedAt } of shared < 0 ? [] : after.receipts.slice(shared)) {
    const kind = correction ? 'receipt-corrected' : 'goods-received';
    events.push({ difference: { kind, quantity, runningTotal }, at: receivedAt });
  }
  return events;
}
