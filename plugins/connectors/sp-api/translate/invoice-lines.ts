import {
  add,
  money as asAmount,
  type CostPer,
  type Decimal,
  type Eaches,
  extend,
  type HeaderCharge,
  type InvoiceNumber,
  type Money,
  minorDigits,
  multiply,
  type StatedTax,
  type SubmittedInvoiceLine,
  sum,
  toScaledInteger,
  type UnitCost,
} from 'acorn/plugin';
import { exact, unitCost } from '../read/amounts.ts';
import { readCharges, readTaxes } from '../read/charges.ts';
import { asQuantity, type Quantity } from '../read/counts.ts';
import { asin, needLineNumber, orderNumber, vendorSku } from '../read/identifiers.ts';
import type { Part } from '../read/part.ts';
import { stated } from '../read/stated.ts';
import { vocabulary } from '../read/vocabulary.ts';
import { word } from '../read/words.ts';

/** What a line costs, before it is known whether `netCost` stands for an each or for a case. */
interface PricedLine {
  readonly line: Part;
  readonly invoiced: Quantity;
  readonly cost: UnitCost;
  readonly costPer: CostPer;
  /** Only on lines priced by weight. */
  readonly weight: Decimal | undefined;
  readonly taxes: readonly StatedTax[];
  readonly charges: readonly HeaderCharge[];
}

/** What the head of the invoice says it comes to. */
interface Head {
  readonly total: Money;
  readonly taxes: readonly StatedTax[];
  readonly charges: readonly HeaderCharge[];
}

/**
 * The lines of an invoice, each with its net amount.
 *
 * A cost is per each, or per weight where the line says so. Some vendors write it per case, and so does one of Amazon's
 * examples: where the invoice's own total is met only that way, it is read that way, and noted.
 */
export function readLines(invoice: Part, head: Head): SubmittedInvoiceLine[] {
  const priced = invoice.list('items').map((line) => readPriced(line, head.total));
  const byCase = !foots(priced, head, false) && foots(priced, head, true);
  if (byCase) invoice.notes.warn('UNEXPECTED_SHAPE', `${invoice.path}/items/-/netCost`, 'a cost per case');
  return priced.map((line) => finish(line, byCase));
}

function readPriced(line: Part, total: Money): PricedLine {
  const cost = unitCost(line, 'netCost') ?? line.refuse('MISSING_MEMBER', 'Expected netCost, found nothing.');
  if (cost.currency !== total.currency) {
    line
      .need('netCost')
      .refuse('CURRENCY_MISMATCH', `Expected a cost in ${total.currency}, as the total, found ${cost.currency}.`);
  }
  const quantity = line.need('invoicedQuantity');
  return {
    line,
    invoiced: asQuantity(quantity),
    cost,
    costPer: word(line, 'netCostUnitOfMeasure', vocabulary.weightUnit) ?? 'EACH',
    weight: exact(quantity.member('totalWeight'), 'amount'),
    taxes: readTaxes(line),
    charges: readCharges(line, total.currency),
  };
}

function finish(
  { line, invoiced, cost, costPer, weight, taxes, charges }: PricedLine,
  byCase: boolean,
): SubmittedInvoiceLine {
  const chargedByCase = byCase && costPer === 'EACH' && invoiced.countedIn === 'CASES';
  const referenced = line.member('creditNoteDetails')?.text('referenceInvoiceNumber');
  return stated<SubmittedInvoiceLine>({
    lineNumber: needLineNumber(line, 'itemSequenceNumber'),
    orderNumber: orderNumber(line),
    asin: asin(line),
    vendorSku: vendorSku(line),
    invoiced: invoiced.eaches,
    countedIn: invoiced.countedIn,
    caseSize: invoiced.caseSize,
    unitCost: cost,
    costPer: chargedByCase ? 'CASE' : costPer,
    net: netOf(invoiced, cost, costPer, weight, byCase),
    taxes,
    charges,
    referencedInvoiceNumber: referenced as InvoiceNumber | undefined,
  });
}

function netOf(
  invoiced: Quantity,
  cost: UnitCost,
  costPer: CostPer,
  weight: Decimal | undefined,
  byCase: boolean,
): Money {
  if (costPer !== 'EACH' && weight !== undefined) {
    return asAmount(toScaledInteger(multiply(cost.cost, weight), minorDigits(cost.currency)), cost.currency);
  }
  return extend(byCase ? (invoiced.written as Eaches) : invoiced.eaches, cost);
}

/** Whether lines, charges and taxes come to the total; charges may stand at the head, on the lines, or on both. */
function foots(lines: readonly PricedLine[], head: Head, byCase: boolean): boolean {
  const { currency } = head.total;
  const of = (parts: readonly Money[]): Money =>
    sum(
      parts.filter((part) => part.currency === currency),
      currency,
    );
  const net = of(lines.map(({ invoiced, cost, costPer, weight }) => netOf(invoiced, cost, costPer, weight, byCase)));
  const taxes = [head.taxes, lines.flatMap((line) => line.taxes)].map((list) => of(list.map(({ tax }) => tax)));
  const charges = [head.charges, lines.flatMap((line) => line.charges)].map((list) =>
    of(list.map(({ amount }) => amount)),
  );
  return taxes.some((tax) =>
    [...charges, charges.reduce(add)].some((charge) => add(add(net, tax), charge).minor === head.total.minor),
  );
}
