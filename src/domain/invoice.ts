import type { CalendarDate } from '../base/calendar-date.ts';
import type { Currency } from '../base/currency.ts';
import type { Eaches } from '../base/eaches.ts';
import { none } from '../base/eaches.ts';
import type { Asin, DeductionNumber, InvoiceNumber, LineNumber, PurchaseOrderNumber } from '../base/ids.ts';
import type { Instant } from '../base/instant.ts';
import { add, extend, type Money, money, negate, subtract, sum, type UnitCost, zero } from '../base/money.ts';
import { type AllocationEvent, foldAllocations } from './allocation.ts';
import type {
  InvoiceStated,
  InvoiceSubmitted,
  MatchedLine,
  StatedTax,
  StatedTerms,
  SubmittedInvoiceLine,
} from './facts.ts';
import { type LineShares, shareOut } from './invoice-line-shares.ts';
import { joinPages, numberedOnce } from './invoice-pages.ts';
import { inOrder, type PlacedFact } from './order.ts';

export type InvoiceFact = InvoiceSubmitted | InvoiceStated;

export interface InvoiceLineState extends LineShares {
  readonly lineNumber: LineNumber;
  readonly orderNumber?: PurchaseOrderNumber;
  readonly asin?: Asin;
  readonly vendorSku?: string;
  readonly description?: string;
  readonly invoiced: Eaches;
  readonly unitCost?: UnitCost;
  readonly net?: Money;
  readonly tax?: Money;
  readonly matched?: Eaches;
  readonly quantityVariance?: Eaches;
  readonly priceVariance?: Money;
  /** PQV and PPV defects, verbatim. */
  readonly reasons: readonly string[];
  readonly referencedInvoiceNumber?: InvoiceNumber;
}

/** An amount withheld from this invoice, as its settlement shows it. */
export interface WithheldAmount {
  readonly number: DeductionNumber;
  readonly kind: 'SHORTAGE' | 'PRICE' | 'OTHER';
  readonly amount: Money;
  readonly reasons: readonly string[];
}

/** An invoice or credit note. paid + deducted + discount + credited + open = total, for the whole and for each line. A credit note's total is negative. */
export interface InvoiceState {
  readonly number: InvoiceNumber;
  readonly document: 'INVOICE' | 'CREDIT_NOTE';
  readonly status?: string;
  readonly issuedOn: CalendarDate;
  /** Since when Amazon has it, once Amazon shows it. */
  readonly receivedAt?: Instant;
  readonly dueOn?: CalendarDate;
  readonly terms?: StatedTerms;
  readonly vendorCode?: string;
  readonly payeeCode?: string;
  readonly currency: Currency;
  readonly net?: Money;
  readonly tax?: Money;
  readonly total: Money;
  readonly paid: Money;
  /** Promised for the next run; still open. */
  readonly queued: Money;
  readonly discount: Money;
  readonly deducted: Money;
  readonly credited: Money;
  readonly open: Money;
  readonly lines: readonly InvoiceLineState[];
  readonly taxes: readonly { readonly lineNumber?: LineNumber; readonly tax: StatedTax }[];
  readonly allocations: readonly AllocationEvent[];
  readonly withheld: readonly WithheldAmount[];
  readonly shortageNumbers: readonly string[];
}

/**
 * An invoice from everything said of it. The vendor's own document and Amazon's view are two halves: ours has taxes and
 * references, Amazon's has matching and settlement. Where both speak, Amazon's lines count.
 *
 * @param credited what credit notes that reference this invoice take off it, as a positive amount in its currency;
 *                 for a credit note itself, what of it has been used up, as a negative one
 */
export function foldInvoice(facts: readonly PlacedFact<InvoiceFact>[], credited?: Money): InvoiceState | undefined {
  const ordered = inOrder(facts).map(({ fact }) => fact);
  const submitted = ordered.findLast((fact) => fact.kind === 'invoice-submitted');
  const statements = ofOnePayee(ordered.filter((fact) => fact.kind === 'invoice-stated'));
  const stated = statements.at(-1);
  const either = stated ?? submitted;
  if (either === undefined) return undefined;

  const document = submitted?.document ?? 'INVOICE';
  const sign =
    document === 'CREDIT_NOTE'
      ? (amount: Money) => (amount.minor > 0n ? negate(amount) : amount)
      : (amount: Money) => amount;
  const currency = either.currency;
  const nothing = zero(currency);
  // A header repeats no settlement and no lines: the last statement that had them counts.
  const settlement = statements.findLast((fact) => fact.settlement)?.settlement;
  const matched = joinPages(statements);
  const total = sign(either.total);
  const deducted = settlement
    ? sum([settlement.quantityVariance, settlement.priceVariance, settlement.other], currency)
    : nothing;
  const amounts = {
    total,
    paid: settlement?.paid ?? nothing,
    deducted,
    discount: settlement?.discount ?? nothing,
    credited: credited ?? nothing,
  };
  const open = [amounts.paid, amounts.deducted, amounts.discount, amounts.credited].reduce(subtract, total);
  const described =
    matched.length > 0
      ? matched.map(fromMatched)
      : numberedOnce(submitted?.lines ?? []).map((l) => fromSubmitted(l, sign));
  const shares = shareOut(
    amounts,
    described.map((l) => l.stated),
    described.map((l) => l.variance),
    currency,
  );
  const terms = stated?.terms ?? submitted?.terms;
  const tax = stated?.tax ?? submittedTax(submitted, sign);
  const net = stated?.net ?? (tax && subtract(total, tax));
  const status = stated?.status;
  const vendorCode = stated?.vendorCode ?? submitted?.vendorCode;
  const dueOn = statements.findLast((fact) => fact.dueOn)?.dueOn;
  const receivedAt = statements.findLast((fact) => fact.receivedAt)?.receivedAt;

  return {
    number: either.invoiceNumber,
    document,
    ...(status !== undefined && { status }),
    issuedOn: either.issuedOn,
    ...(receivedAt !== undefined && { receivedAt }),
    ...(dueOn !== undefined && { dueOn }),
    ...(terms !== undefined && { terms }),
    ...(vendorCode !== undefined && { vendorCode }),
    ...(stated?.payeeCode !== undefined && { payeeCode: stated.payeeCode }),
    currency,
    ...(net !== undefined && { net }),
    ...(tax !== undefined && { tax }),
    ...amounts,
    queued: settlement?.queued ?? nothing,
    open,
    lines: described.flatMap(({ stated: _stated, variance: _variance, ...line }, i) => {
      const share = shares[i];
      return share === undefined ? [] : [{ ...line, ...share }];
    }),
    taxes: statedTaxes(submitted),
    allocations: foldAllocations(statements),
    withheld: settlement === undefined ? [] : withheldFrom(either.invoiceNumber, settlement, matched),
    shortageNumbers: statements.findLast((fact) => fact.shortageNumbers)?.shortageNumbers ?? [],
  };
}

/**
 * Amazon keeps a number sent twice as two documents, told apart by their payee codes, and rejects one of them. Only one
 * is the invoice: the one that stands, and of several the one that was there first.
 */
function ofOnePayee(statements: readonly InvoiceStated[]): readonly InvoiceStated[] {
  const newest = new Map(statements.map((fact) => [fact.payeeCode, fact]));
  if (newest.size < 2) return statements;
  const payees = [...newest.keys()];
  const [chosen] = payees.filter((payee) => newest.get(payee)?.status !== 'REJECTED').concat(payees);
  return statements.filter(({ payeeCode }) => payeeCode === chosen);
}

type Described = Omit<InvoiceLineState, keyof LineShares> & { readonly stated: Money; readonly variance: Money };

function fromMatched(line: MatchedLine): Described {
  const { currency } = line.total;
  const short =
    line.quantityVariance === undefined || line.unitCost === undefined
      ? zero(currency)
      : extend(line.quantityVariance, line.unitCost);
  const {
    total,
    paid: _paid,
    lineType: _type,
    taxRateCodes: _codes,
    matchedAmount: _amount,
    paidQuantity: _quantity,
    invoiced,
    reasons,
    ...rest
  } = line;
  return {
    ...rest,
    invoiced: invoiced ?? none,
    reasons: reasons.flatMap(({ variance, defects }) =>
      defects.length > 0 ? defects.map((d) => `${variance}:${d}`) : [variance],
    ),
    stated: total,
    variance: add(short, line.priceVariance ?? zero(currency)),
  };
}

function fromSubmitted(line: SubmittedInvoiceLine, sign: (amount: Money) => Money): Described {
  const { taxes, net, charges, countedIn: _countedIn, caseSize: _caseSize, costPer: _costPer, ...rest } = line;
  const tax = sum(
    taxes.map((t) => t.tax),
    net.currency,
  );
  const charged = sum(
    charges.map((c) => c.amount),
    net.currency,
  );
  return {
    ...rest,
    net: sign(net),
    tax: sign(tax),
    reasons: [],
    stated: sign(add(add(net, charged), tax)),
    variance: zero(net.currency),
  };
}

function submittedTax(submitted: InvoiceSubmitted | undefined, sign: (amount: Money) => Money): Money | undefined {
  return (
    submitted &&
    sign(
      sum(
        statedTaxes(submitted)
          .filter((t) => submitted.taxes.length === 0 || t.lineNumber === undefined)
          .map((t) => t.tax.tax),
        submitted.currency,
      ),
    )
  );
}

function statedTaxes(submitted: InvoiceSubmitted | undefined): InvoiceState['taxes'] {
  if (submitted === undefined) return [];
  const ofLines = submitted.lines.flatMap((line) => line.taxes.map((tax) => ({ lineNumber: line.lineNumber, tax })));
  return [...submitted.taxes.map((tax) => ({ tax })), ...ofLines];
}

function withheldFrom(
  number: InvoiceNumber,
  settlement: NonNullable<InvoiceStated['settlement']>,
  lines: readonly MatchedLine[],
): WithheldAmount[] {
  const reasonsOf = (variance: string) => [
    ...new Set(lines.flatMap((line) => line.reasons.filter((r) => r.variance === variance).flatMap((r) => r.defects))),
  ];
  const parts: WithheldAmount[] = [
    {
      number: `${number}/quantity-variance` as DeductionNumber,
      kind: 'SHORTAGE',
      amount: settlement.quantityVariance,
      reasons: reasonsOf('PQV'),
    },
    {
      number: `${number}/price-variance` as DeductionNumber,
      kind: 'PRICE',
      amount: settlement.priceVariance,
      reasons: reasonsOf('PPV'),
    },
    {
      number: `${number}/other` as DeductionNumber,
      kind: 'OTHER',
      amount: settlement.other,
      reasons: reasonsOf('OTHER'),
    },
  ];
  return parts.filter(({ amount }) => amount.minor !== 0n);
}

/** The amounts by which a credit note reduces the invoices it references; what it references to none is not in it. Positive. */
export function creditsOf(state: InvoiceState): { readonly invoiceNumber: InvoiceNumber; readonly amount: Money }[] {
  if (state.document !== 'CREDIT_NOTE') return [];
  const byInvoice = new Map<InvoiceNumber, bigint>();
  for (const line of state.lines) {
    if (line.referencedInvoiceNumber === undefined) continue;
    byInvoice.set(line.referencedInvoiceNumber, (byInvoice.get(line.referencedInvoiceNumber) ?? 0n) - line.total.minor);
  }
  return [...byInvoice].map(([invoiceNumber, minor]) => ({ invoiceNumber, amount: money(minor, state.currency) }));
}
