import type { Simulator } from '../../../../plugins/connectors/sp-api/simulator/index.ts';
import { formatMinor } from '../../../../src/base/money.ts';
import type { Fact, InvoiceStated } from '../../../../src/domain/facts.ts';

/** The part of the simulator's truth that Amazon's API shows. Quantities are eaches, money is text. */
interface Truth {
  readonly orders: readonly {
    readonly number: string;
    readonly state: string;
    readonly lines: readonly {
      readonly sequence: string;
      readonly asin: string;
      readonly cost: string;
      readonly ordered: number;
      readonly received: number;
    }[];
  }[];
  readonly shipments: readonly {
    readonly identifier: string;
    readonly items: readonly { readonly eaches: number }[];
  }[];
  readonly invoices: readonly {
    readonly number: string;
    readonly kind: string;
    readonly status: string;
    readonly total: string;
    readonly paid: string;
    readonly queued: string;
    readonly discount: string;
  }[];
}

export async function truthOf(simulator: Simulator, vendor: string): Promise<Truth> {
  const answer = await fetch(`${simulator.url}/simulator/truth?vendor=${encodeURIComponent(vendor)}`);
  return (await answer.json()) as Truth;
}

/** The truth as plain lines of text, sorted: what should have arrived. */
export function expected(truth: Truth): string[] {
  return [
    ...truth.orders.map(({ number, state, lines }) =>
      [
        `order ${number} ${state}`,
        ...lines.map((line) => `${bare(line.sequence)} ${line.asin} ${line.ordered} @ ${canonical(line.cost)}`),
      ].join(' | '),
    ),
    ...truth.orders.map(({ number, lines }) =>
      [`received ${number}`, ...lines.map((line) => `${bare(line.sequence)} ${line.received}`)].join(' | '),
    ),
    ...truth.shipments.map(
      ({ identifier, items }) => `shipment ${identifier} ${items.reduce((sum, { eaches }) => sum + eaches, 0)}`,
    ),
    ...truth.invoices.map(({ number, kind, status, total, paid, queued, discount }) =>
      kind === 'payable'
        ? `invoice ${number} ${status} ${total} paid ${paid} queued ${queued} discount ${discount}`
        : `deduction ${number} ${status} ${total} taken ${paid}`,
    ),
  ].sort();
}

/** The newest of each subject's facts, in the same lines of text. */
export function arrived(facts: readonly Fact[]): string[] {
  const newest = new Map<string, Fact>();
  for (const fact of facts) {
    const key = `${fact.kind} ${subjectKey(fact)}`;
    const held = newest.get(key);
    if (held === undefined || fact.asOf >= held.asOf) newest.set(key, fact);
  }
  return [...newest.values()].flatMap(line).sort();
}

function line(fact: Fact): string[] {
  switch (fact.kind) {
    case 'purchase-order-stated':
      return [
        [
          `order ${fact.orderNumber} ${fact.state}`,
          ...(fact.lines ?? []).map((one) => `${one.lineNumber} ${one.asin} ${one.ordered} @ ${one.unitCost?.cost}`),
        ].join(' | '),
      ];
    case 'order-progress-stated':
      return [
        [
          `received ${fact.orderNumber}`,
          ...fact.lines.map(({ lineNumber, received }) => `${lineNumber} ${received ?? 0}`),
        ].join(' | '),
      ];
    case 'shipment-stated':
      return [`shipment ${fact.shipmentIdentifier} ${fact.lines.reduce((sum, { shipped }) => sum + shipped, 0)}`];
    case 'invoice-stated':
      return [invoiceLine(fact)];
    case 'deduction-stated': {
      const [amount, taken] = [fact.amount, fact.deducted].map(({ minor }) => formatMinor(minor, fact.currency));
      return [`deduction ${fact.deductionNumber} ${fact.status} ${amount} taken ${taken}`];
    }
    default:
      return [];
  }
}

function invoiceLine({ invoiceNumber, status, total, settlement, currency }: InvoiceStated): string {
  const text = (minor: bigint | undefined): string => formatMinor(minor ?? 0n, currency);
  return (
    `invoice ${invoiceNumber} ${status} ${text(total.minor)} paid ${text(settlement?.paid.minor)} ` +
    `queued ${text(settlement?.queued.minor)} discount ${text(settlement?.discount.minor)}`
  );
}

function subjectKey(fact: Fact): string {
  switch (fact.kind) {
    case 'shipment-stated':
      return fact.shipmentIdentifier;
    case 'invoice-submitted':
      return fact.invoiceNumber;
    case 'invoice-stated':
      // A number sent twice is two documents at Amazon, told apart by their payee codes.
      return `${fact.invoiceNumber}~${fact.payeeCode}`;
    case 'deduction-stated':
      return fact.deductionNumber;
    default:
      return fact.orderNumber;
  }
}

const bare = (sequence: string): string => sequence.replace(/^0+(?=\d)/, '');
/** `12.50` and `12.5` are one cost. */
const canonical = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
