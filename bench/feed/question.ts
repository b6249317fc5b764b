/** What every listener asks, of every server. */
export const query = `subscription ($after: Cursor, $filter: ChangeFilter, $maxBatch: Int!) {
  changes(after: $after, filter: $filter, maxBatch: $maxBatch) {
    changes { sequence kind orderNumber occurredAt ... on QuantityChanged { quantityBefore quantityAfter } }
    cursor
    caughtUp
  }
}`;

/** The order everything happens to. */
export const orderNumber = 'BENCH001';

/** Where feeds are, on every server. */
export const path = '/graphql';

export interface BenchChange {
  readonly sequence: string;
  readonly kind: string;
  readonly orderNumber: string;
  readonly occurredAt: string;
  readonly quantityBefore: number;
  readonly quantityAfter: number;
}

/** Number `n` as Acorn would show it, for servers that have no log to read it from. */
export const changeNumber = (n: number): BenchChange => ({
  sequence: String(n),
  kind: 'QUANTITY_CHANGED',
  orderNumber,
  occurredAt: new Date(Date.UTC(2026, 8, 1) + n).toISOString(),
  quantityBefore: n,
  quantityAfter: n + 1,
});

/** A cursor as long as Acorn's. */
export const cursorNumber = (n: number): string => String(n).padStart(22, 'c');
