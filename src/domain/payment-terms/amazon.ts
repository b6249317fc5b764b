import type { CalendarDate } from '../../base/calendar-date.ts';
import { type Decimal, parseDecimal } from '../../base/decimal.ts';
import { no, type Result, yes } from '../../base/result.ts';
import { checkTerms, type Discount, inFull, type Offset, type PaymentTerms, type TermsInvalid } from './terms.ts';

/** @source Vendor Invoices API v1, `PaymentTerms`: days are counted from the invoice date */
export interface AmazonTerms {
  readonly type?: string;
  /** Per cent: `2` is two of a hundred. */
  readonly discountPercent?: Decimal;
  readonly discountDueDays?: number;
  readonly netDueDays?: number;
}

/** What Amazon leaves unsaid, and an agreement says. */
export interface TermsAgreed {
  /** How "end of month" is meant. Amazon's own reading, unless another was agreed. */
  readonly monthEnd?: 'month-end-then-days' | 'days-then-month-end';
  /** The day of `FixedDate`, for which Amazon's structure has no field. */
  readonly fixedOn?: CalendarDate;
}

export type TermsUnread =
  | TermsInvalid
  | { readonly code: 'TERMS_NOT_READ'; readonly text: string }
  | { readonly code: 'TERMS_INCOMPLETE'; readonly type: string; readonly missing: string }
  /** Known, and outside what a due date can be found for. */
  | { readonly code: 'TERMS_NOT_HANDLED'; readonly type: string };

/** Read Amazon's structure. Neither a due date nor a discount is guessed from half of one. */
export function fromAmazonTerms(terms: AmazonTerms, agreed: TermsAgreed = {}): Result<PaymentTerms, TermsUnread> {
  const type = terms.type ?? 'Basic';
  const discount = discountOf(terms, type);
  if (!discount.ok) return discount;
  const whole = (offset: Offset): Result<PaymentTerms, TermsUnread> =>
    checkTerms({
      base: { kind: 'event', event: 'invoice-date' },
      parts: inFull(offset),
      roll: 'none',
      ...(discount.value === undefined ? {} : { discount: discount.value }),
    });
  const missing = (what: string) => no({ code: 'TERMS_INCOMPLETE', type, missing: what } as const);
  const { netDueDays } = terms;
  switch (type) {
    case 'Basic':
      return netDueDays === undefined ? missing('netDueDays') : whole({ kind: 'days', days: netDueDays });
    case 'EndOfMonth':
      if (netDueDays === undefined) return missing('netDueDays');
      return whole({ kind: agreed.monthEnd ?? 'month-end-then-days', days: netDueDays });
    case 'Proximo':
      // The end of the following month; days beside it could only contradict it.
      if (netDueDays !== undefined && netDueDays !== 0)
        return no({ code: 'TERMS_NOT_READ', text: `Proximo ${netDueDays}` });
      return whole({ kind: 'proximo', day: 'last', monthsLater: 1 });
    case 'FixedDate':
      if (agreed.fixedOn === undefined) return missing('fixedOn');
      if (discount.value !== undefined) return no({ code: 'TERMS_NOT_HANDLED', type: 'FixedDate with a discount' });
      return yes({
        base: { kind: 'fixed', on: agreed.fixedOn },
        parts: inFull({ kind: 'days', days: 0 }),
        roll: 'none',
      });
    case 'PaymentDueUponReceiptOfInvoice':
      if (discount.value !== undefined) return no({ code: 'TERMS_NOT_HANDLED', type: `${type} with a discount` });
      return yes({
        base: { kind: 'event', event: 'invoice-received' },
        parts: inFull({ kind: 'days', days: 0 }),
        roll: 'none',
      });
    case 'LetterofCredit':
      return no({ code: 'TERMS_NOT_HANDLED', type });
    default:
      return no({ code: 'TERMS_NOT_READ', text: type });
  }
}

/** Of a discount both numbers are said, or neither; zero per cent is none. */
function discountOf(
  { discountPercent, discountDueDays }: AmazonTerms,
  type: string,
): Result<Discount | undefined, TermsUnread> {
  if (discountPercent === undefined || discountPercent === '0') {
    const alone = discountDueDays !== undefined && discountDueDays !== 0 && discountPercent === undefined;
    return alone ? no({ code: 'TERMS_INCOMPLETE', type, missing: 'discountPercent' }) : yes(undefined);
  }
  if (discountDueDays === undefined) return no({ code: 'TERMS_INCOMPLETE', type, missing: 'discountDueDays' });
  const offset = { kind: 'days', days: discountDueDays } as const;
  return yes({ percent: discountPercent, offset, excludes: [], roll: 'none' });
}

const written = {
  discounted: /^(\d{1,2}(?:\.\d{1,4})?)\s*%?\s*(\d{1,3})\s*[,/]?\s*(?:N|NET)\s*(\d{1,3})(\s*EOM)?$/,
  monthEnd: /^(?:NET\s*)?(\d{1,3})\s*(?:DAYS\s*)?EOM$/,
  net: /^(?:N|NET)\s*(\d{1,3})(?:\s*DAYS)?$/,
  onReceipt: /^(?:PAYMENT\s+)?DUE\s+(?:UP)?ON\s+RECEIPT(?:\s+OF\s+INVOICE)?$/,
};

/** Read terms as Amazon writes them: `NET30`, `NET 60`, `2% 30 NET 60`, `30 EOM`, `NET 30 EOM`, `due on receipt`. */
export function parseTermsText(text: string, agreed: TermsAgreed = {}): Result<PaymentTerms, TermsUnread> {
  const said = text.trim().toUpperCase().replace(/\s+/g, ' ');
  const discounted = written.discounted.exec(said);
  if (discounted !== null) {
    const [, percent = '', discountDays, netDays, endOfMonth] = discounted;
    const discountPercent = parseDecimal(percent);
    if (!discountPercent.ok) return no({ code: 'TERMS_NOT_READ', text });
    const days = { discountDueDays: Number(discountDays), netDueDays: Number(netDays) };
    const type = endOfMonth === undefined ? 'Basic' : 'EndOfMonth';
    return fromAmazonTerms({ type, discountPercent: discountPercent.value, ...days }, agreed);
  }
  const monthEnd = written.monthEnd.exec(said);
  if (monthEnd !== null) return fromAmazonTerms({ type: 'EndOfMonth', netDueDays: Number(monthEnd[1]) }, agreed);
  const net = written.net.exec(said);
  if (net !== null) return fromAmazonTerms({ type: 'Basic', netDueDays: Number(net[1]) });
  if (written.onReceipt.test(said)) return fromAmazonTerms({ type: 'PaymentDueUponReceiptOfInvoice' });
  return no({ code: 'TERMS_NOT_READ', text });
}
