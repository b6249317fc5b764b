import {
  type AccountProfile,
  type Asin,
  asEaches,
  type Currency,
  type Instant,
  isNegative,
  type LineNumber,
  no,
  type PurchaseOrderNumber,
  parseDecimal,
  parseInstant,
  type RawDocument,
  type Result,
  type StatedOrderLine,
  type Translation,
  type Unreadable,
  yes,
} from 'acorn/plugin';
import { type Cells, cellsOf, documentKind, isHeader } from './columns.ts';

interface OrderLine {
  readonly orderNumber: PurchaseOrderNumber;
  readonly orderedAt: Instant;
  readonly line: StatedOrderLine;
}

/** What the file says of each order. A line that cannot be read is told by its number, and the rest goes on. */
export function translate({ kind, bytes }: RawDocument, { currency }: AccountProfile): Translation {
  const [header = '', ...lines] = new TextDecoder().decode(bytes).split(/\r?\n/);
  if (kind !== documentKind || !isHeader(header)) {
    return { facts: [], warnings: [], unreadable: [unread('UNKNOWN_DOCUMENT', '', `expected a CSV file of orders`)] };
  }
  const orders = new Map<PurchaseOrderNumber, { at: string; orderedAt: Instant; lines: StatedOrderLine[] }>();
  const unreadable: Unreadable[] = [];
  for (const [index, text] of lines.entries()) {
    if (text.trim() === '') continue;
    const at = `line ${index + 2}`;
    const read = readLine(cellsOf(text), at, currency);
    if (!read.ok) {
      unreadable.push(read.refusal);
      continue;
    }
    const { orderNumber, orderedAt, line } = read.value;
    const order = orders.get(orderNumber) ?? { at, orderedAt, lines: [] };
    orders.set(orderNumber, { ...order, lines: [...order.lines, line] });
  }
  const facts = [...orders].map(([orderNumber, { at, orderedAt, lines: ordered }]) => ({
    at,
    fact: { kind: 'purchase-order-stated', orderNumber, asOf: orderedAt, orderedAt, lines: ordered } as const,
  }));
  return { facts, warnings: [], unreadable };
}

function readLine(cells: Cells | undefined, at: string, currency: Currency): Result<OrderLine, Unreadable> {
  if (cells === undefined) return no(unread('MISSING_MEMBER', at, 'expected six cells'));
  const { orderNumber, lineNumber, asin } = cells;
  if (orderNumber === '' || lineNumber === '')
    return no(unread('MISSING_MEMBER', at, 'expected an order and a line number'));
  const orderedAt = parseInstant(cells.orderedAt);
  if (orderedAt === undefined)
    return no(unread('NOT_A_DATE', at, `expected a moment with its zone, found "${cells.orderedAt}"`));
  const ordered = /^\d{1,9}$/.test(cells.eaches) ? asEaches(Number(cells.eaches)) : undefined;
  if (ordered === undefined)
    return no(unread('NOT_A_COUNT', at, `expected a count of eaches, found "${cells.eaches}"`));
  const cost = parseDecimal(cells.unitCost);
  if (!cost.ok || isNegative(cost.value)) {
    return no(unread('NOT_AN_AMOUNT', at, `expected what one each costs, found "${cells.unitCost}"`));
  }
  return yes({
    orderNumber: orderNumber as PurchaseOrderNumber,
    orderedAt,
    line: {
      lineNumber: lineNumber as LineNumber,
      ...(asin === '' ? {} : { asin: asin as Asin }),
      ordered,
      countedIn: 'EACHES',
      caseSize: 1,
      unitCost: { cost: cost.value, currency },
      costPer: 'EACH',
    },
  });
}

const unread = (code: Unreadable['code'], at: string, message: string): Unreadable => ({ code, at, message });
