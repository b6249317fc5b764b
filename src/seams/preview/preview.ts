import type { CalendarDate } from '../../base/calendar-date.ts';
import { add, extend, formatMinor, type Money, subtract, sum } from '../../base/money.ts';
import { no, type Result } from '../../base/result.ts';
import type { Settlement, SettlementQuestion } from '../../domain/payment-terms/settlement.ts';
import type { Site, SiteRefusal, TaxAnswer, TaxableInvoice, TaxProblem } from '../site.ts';
import { saidBy } from '../tax-profile.ts';
import { placesOf } from './about.ts';
import type { DraftLine, InvoiceDraft } from './draft.ts';
import { type Required, requiredOf } from './required.ts';

/** What a site makes of an invoice before anything of it is written or sent. */
export interface InvoicePreview {
  readonly site: string;
  readonly lines: readonly DraftLine[];
  /** Absent when the draft has neither a day of supply nor a date. */
  readonly taxPoint?: CalendarDate;
  readonly taxPointFrom?: 'SUPPLY' | 'INVOICE_DATE';
  /** Absent when the site has no answer; `blocking` says why. Never a zero for want of one. */
  readonly answer?: TaxAnswer;
  /** What the lines charge without tax. Absent where prices include a tax that is not known. */
  readonly net?: Money;
  readonly tax?: Money;
  /** What is claimed, tax included. Absent where the tax is not known. */
  readonly total?: Money;
  /** Absent when the day cannot be said; a warning says why. */
  readonly settlement?: Settlement;
  /** Every field that the law wants, there or not. */
  readonly required: readonly Required[];
  readonly warnings: readonly PreviewProblem[];
  /** Why it cannot be invoiced like this. */
  readonly blocking: readonly PreviewProblem[];
}

/** A warning in words, or the refusal of a site; and the places of the draft that it is about. */
export type PreviewProblem = { readonly about: readonly string[] } & (
  | { readonly warning: TaxProblem }
  | { readonly refusal: SiteRefusal }
);

/**
 * What a site makes of a draft: tax, days, and what is missing. Pure: the same draft and site give the same answer, and
 * nothing is read or written. Every part is answered that can be, however little is known.
 */
export function previewInvoice(draft: InvoiceDraft, site: Site): InvoicePreview {
  const { lines, currency } = draft;
  const blocking: PreviewProblem[] = [];
  const warnings: PreviewProblem[] = amountWarnings(draft);
  const blocked = (refusal: SiteRefusal) => blocking.push({ refusal, about: placesOf(refusal, draft) });

  const taxPoint = draft.suppliedOn ?? draft.issuedOn;
  const asked = taxable(draft, site, taxPoint);
  const taxed = asked.ok ? site.tax(asked.value) : asked;
  const answer = taxed.ok ? taxed.value : undefined;
  if (!taxed.ok) blocked(taxed.refusal);
  for (const warning of answer?.warnings ?? []) warnings.push({ warning, about: [] });

  const amounts = amountsOf(draft, answer);
  const settled = site.settle?.(settlementQuestion(draft, site, amounts));
  if (settled !== undefined && !settled.ok) {
    warnings.push({ refusal: settled.refusal, about: placesOf(settled.refusal, draft) });
  }
  const settlement = settled?.ok ? settled.value : undefined;
  warnings.push(...limitWarnings(settlement));

  const judged = { draft, ...(answer !== undefined && { answer }), ...(amounts.total && { total: amounts.total }) };
  return {
    site: site.code,
    lines,
    ...(taxPoint !== undefined && {
      taxPoint,
      taxPointFrom: draft.suppliedOn === undefined ? ('INVOICE_DATE' as const) : ('SUPPLY' as const),
    }),
    ...(answer !== undefined && { answer }),
    ...amounts,
    ...(settlement !== undefined && { settlement }),
    required: taxPoint === undefined ? [] : requiredOf(site.requirements ?? [], { ...judged, on: taxPoint }),
    warnings,
    blocking,
  };

  function amountsOf(
    { profile }: InvoiceDraft,
    answered: TaxAnswer | undefined,
  ): Pick<InvoicePreview, 'net' | 'tax' | 'total'> {
    const charged = sum(
      lines.map(({ amount }) => amount),
      currency,
    );
    const gross = profile?.priceBasis === 'gross';
    if (answered === undefined) return gross ? { total: charged } : { net: charged };
    const tax = sum(
      answered.taxes.map((one) => one.tax),
      currency,
    );
    return gross
      ? { net: subtract(charged, tax), tax, total: charged }
      : { net: charged, tax, total: add(charged, tax) };
  }
}

/** The draft as a site is asked about it; a refusal where what every site needs is not there. */
function taxable(
  { lines, kind, profile, buyer, shipFrom, shipTo, importer, taxCurrency }: InvoiceDraft,
  site: Site,
  taxPoint: CalendarDate | undefined,
): Result<TaxableInvoice, SiteRefusal> {
  const missing = (what: string, fact: 'taxPoint' | 'shipToCountry') =>
    no<SiteRefusal>({ code: 'NOT_ENOUGH_KNOWN', site: site.code, missing: what, facts: [fact] });
  if (taxPoint === undefined) return missing('the day of supply, or the date of the invoice', 'taxPoint');
  if (shipTo === undefined) return missing('the country it is shipped to', 'shipToCountry');
  const from = shipFrom ?? profile?.shipsFrom;
  return {
    ok: true,
    value: {
      lines: lines.map(({ amount, taxClass }) => ({ net: amount, taxClass })),
      taxPoint,
      shipToCountry: shipTo.country,
      ...(shipTo.region !== undefined && { shipToRegion: shipTo.region }),
      ...(from !== undefined && { shipFromCountry: from.country }),
      ...(from?.region !== undefined && { shipFromRegion: from.region }),
      ...(buyer?.taxId !== undefined && { buyerTaxId: buyer.taxId }),
      ...(importer !== undefined && { importer }),
      ...(kind === 'credit-note' && { kind }),
      ...(taxCurrency !== undefined && { taxCurrency }),
      ...saidBy(profile),
    },
  };
}

function settlementQuestion(
  { issuedOn, dates, terms, vendorCode, freightTerm, lines, currency, shipTo }: InvoiceDraft,
  { marketplaces }: Site,
  { total, tax }: Pick<InvoicePreview, 'tax' | 'total'>,
): SettlementQuestion {
  const freight = sum(
    lines.filter((line) => line.freight).map(({ amount }) => amount),
    currency,
  );
  const store = marketplaces.find(({ country }) => country === shipTo?.country) ?? marketplaces[0];
  return {
    dates: { ...dates, ...(issuedOn !== undefined && { 'invoice-date': issuedOn }) },
    ...(terms !== undefined && { terms }),
    ...(vendorCode !== undefined && { vendorCode }),
    ...(freightTerm !== undefined && { freightTerm }),
    ...(store !== undefined && { country: store.country }),
    ...(total !== undefined && tax !== undefined && { amounts: { total, freight, tax } }),
  };
}

/** An amount that is not its quantity at its unit cost is what the buyer's match will stumble over. */
const amountWarnings = ({ lines }: InvoiceDraft): PreviewProblem[] =>
  lines.flatMap(({ quantity, unitCost, amount }, at) => {
    if (quantity === undefined || unitCost === undefined) return [];
    const worth = extend(quantity, unitCost);
    if (worth.minor === amount.minor) return [];
    const message = `${quantity} at ${unitCost.cost} is ${formatMinor(worth.minor, worth.currency)}, and not ${formatMinor(amount.minor, amount.currency)}.`;
    return [{ warning: { code: 'LINE_AMOUNT_DIFFERS', message }, about: [`lines[${at}].net`] }];
  });

/** A limit is reported and never moves a day. */
function limitWarnings(settlement: Settlement | undefined): PreviewProblem[] {
  if (settlement?.legal.verdict !== 'exceeds') return [];
  const { rule, latest, daysOver } = settlement.legal;
  const message = `The terms lead ${daysOver} days past the legal limit of ${latest} (${rule}).`;
  return [{ warning: { code: 'DUE_DATE_BEYOND_LIMIT', message }, about: ['terms'] }];
}
