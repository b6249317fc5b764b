import type { Instant } from '../base/instant.ts';
import { negate } from '../base/money.ts';
import type { Change, Difference } from './changes.ts';
import type { InvoiceState } from './invoice.ts';
import { differingMembers, pair } from './order-differences.ts';

/** What became different of an invoice. Different states have at least one change (R3); money that moved names its payment. */
export function invoiceChanges(before: InvoiceState | undefined, after: InvoiceState, occurredAt: Instant): Change[] {
  const orders = new Set(after.lines.flatMap((line) => (line.orderNumber === undefined ? [] : [line.orderNumber])));
  const [only] = orders.size === 1 ? orders : [];
  const place = (difference: Difference, more: Partial<Change> = {}): Change => ({
    subject: { kind: 'invoice', key: after.number },
    invoiceNumber: after.number,
    ...(only !== undefined && { orderNumber: only }),
    occurredAt,
    ...more,
    difference,
  });

  const changes: Change[] = [];
  if (before === undefined) {
    changes.push(place({ kind: 'invoice-issued', total: after.total, document: after.document }));
  } else {
    if (before.status !== after.status)
      changes.push(place({ kind: 'invoice-status-changed', ...pair(before.status, after.status) }));
    if (before.dueOn !== after.dueOn)
      changes.push(place({ kind: 'due-date-changed', ...pair(before.dueOn, after.dueOn) }));
  }

  // Allocations are a sequence; what two sequences share from the start is old.
  const earlier = before?.allocations ?? [];
  const shared = after.allocations.findIndex((a, i) => differingMembers(a, earlier[i] ?? {}).length > 0);
  for (const { paymentNumber, amount, seenAt } of shared < 0 ? [] : after.allocations.slice(shared)) {
    const more = { occurredAt: seenAt, ...(paymentNumber !== undefined && { paymentNumber }) };
    changes.push(
      amount.minor > 0n
        ? place({ kind: 'payment-received', amount }, more)
        : place({ kind: 'payment-reversed', amount: negate(amount) }, more),
    );
  }

  if ((before?.discount.minor ?? 0n) !== after.discount.minor) {
    const was = before?.discount ?? { ...after.discount, minor: 0n };
    changes.push(place({ kind: 'discount-taken', before: was, after: after.discount }));
  }
  changes.push(
    ...withheldChanges(before, after).map(({ difference, number }) => place(difference, { deductionNumber: number })),
  );

  if (before !== undefined) {
    const members = differingMembers(before, after).filter((name) => !told.has(name));
    if (members.length > 0) changes.push(place({ kind: 'invoice-amended', members }));
    else if (changes.length === 0 && differingMembers(before, after).length > 0) {
      changes.push(place({ kind: 'invoice-amended', members: differingMembers(before, after) }));
    }
  }
  return changes;
}

/** Members that have a change of their own, or follow from one that has. */
const told: ReadonlySet<string> = new Set([
  'status',
  'dueOn',
  'allocations',
  'paid',
  'discount',
  'deducted',
  'withheld',
  'open',
  'lines',
]);

function withheldChanges(before: InvoiceState | undefined, after: InvoiceState) {
  const had = new Map((before?.withheld ?? []).map((w) => [w.number, w]));
  const has = new Map(after.withheld.map((w) => [w.number, w]));
  return [...new Set([...had.keys(), ...has.keys()])].flatMap((number) => {
    const [was, is] = [had.get(number), has.get(number)];
    const difference = amountDifference(was?.amount, is?.amount, (is ?? was)?.kind ?? 'OTHER');
    return difference === undefined ? [] : [{ number, difference }];
  });
}

function amountDifference(
  before: InvoiceState['total'] | undefined,
  after: InvoiceState['total'] | undefined,
  reason: string,
): Difference | undefined {
  if (before === undefined) return after && { kind: 'deduction-taken', amount: after, reason };
  if (after === undefined) return { kind: 'deduction-reversed', amount: before, reason };
  return before.minor === after.minor ? undefined : { kind: 'deduction-changed', before, after, reason };
}
