import type { CalendarDate } from '../../base/calendar-date.ts';
import { type Money, parseMoney } from '../../base/money.ts';
import type { RequiredField, Requirement } from '../requirement.ts';
import type { TaxAnswer } from '../site.ts';
import type { InvoiceDraft } from './draft.ts';

/** A field that the law of the site wants on this invoice, and whether it is there. */
export interface Required {
  readonly field: RequiredField;
  readonly scheme?: string;
  /** Where it is missing, as places in the draft: `number`, `lines[2].description`. Empty: it is there. */
  readonly missing: readonly string[];
  /** Why, in words: from which amount, or for which tax. */
  readonly because: string;
  readonly source: string;
}

/** What a requirement is held against. */
export interface ToJudge {
  readonly draft: InvoiceDraft;
  readonly on: CalendarDate;
  /** Absent: the site has no answer yet, and what depends on it is not asked for. */
  readonly answer?: TaxAnswer;
  /** Tax included. */
  readonly total?: Money;
}

/** The requirements that are in force for an invoice, in the order of the site's rows, each with what it misses. */
export function requiredOf(rows: readonly Requirement[], judged: ToJudge): Required[] {
  return rows
    .filter((row) => isInForce(row, judged.on) && applies(row, judged))
    .map((row) => ({
      field: row.field,
      ...(row.scheme !== undefined && { scheme: row.scheme }),
      missing: missingAt(row, judged),
      because: becauseOf(row),
      source: row.source,
    }));
}

const isInForce = ({ since, until }: Requirement, on: CalendarDate): boolean =>
  (since === undefined || since <= on) && (until === undefined || on <= until);

/** The size of the total counts: a credit note of 500 needs what the invoice needed. An unknown total needs everything. */
function applies({ from, tax, categories }: Requirement, { answer, total }: ToJudge): boolean {
  if (from !== undefined && total !== undefined && from.currency === total.currency) {
    const least = parseMoney(from.total, total.currency);
    const size = total.minor < 0n ? -total.minor : total.minor;
    if (least.ok && size < least.value.minor) return false;
  }
  if (tax !== undefined && answer?.taxes.some(({ name }) => name === tax) !== true) return false;
  if (categories === undefined) return true;
  return answer?.lines?.flat().some(({ category }) => categories.includes(category)) === true;
}

const becauseOf = ({ from, tax, categories }: Requirement): string =>
  [
    from && `from ${from.total} ${from.currency}`,
    tax && `where ${tax} is shown`,
    categories && `for lines of category ${categories.join(' or ')}`,
  ]
    .filter((part) => part !== undefined)
    .join(', ') || 'always';

function missingAt({ field, scheme }: Requirement, { draft, on, answer }: ToJudge): readonly string[] {
  const unless = (there: unknown): readonly string[] => (there === undefined || there === '' ? [field] : []);
  const ofLines = (member: 'description' | 'quantity' | 'unitCost' | 'orderNumber'): readonly string[] =>
    draft.lines.flatMap((line, at) => (line[member] === undefined ? [`lines[${at}].${member}`] : []));
  switch (field) {
    case 'number':
      return unless(draft.number);
    case 'issuedOn':
      return unless(draft.issuedOn);
    case 'suppliedOn':
      return unless(draft.suppliedOn);
    case 'supplier.name':
      return unless(draft.supplier?.name ?? draft.profile?.name);
    case 'supplier.address':
      return unless(draft.supplier?.address);
    case 'supplier.registrations':
      return unless(
        draft.profile?.registrations?.find(
          (one) =>
            one.scheme === scheme &&
            (one.validFrom === undefined || one.validFrom <= on) &&
            (one.validUntil === undefined || on <= one.validUntil),
        ),
      );
    case 'buyer.name':
      return unless(draft.buyer?.name);
    case 'buyer.address':
      return unless(draft.buyer?.address);
    case 'buyer.taxId':
      return unless(draft.buyer?.taxId);
    case 'terms':
      return unless(draft.terms);
    case 'lines.description':
      return ofLines('description');
    case 'lines.quantity':
      return ofLines('quantity');
    case 'lines.unitCost':
      return ofLines('unitCost');
    case 'lines.orderNumber':
      return ofLines('orderNumber');
    // The site works these out: they are missing exactly when it has no answer.
    case 'tax.total':
    case 'tax.rates':
      return unless(answer);
    case 'tax.lines':
      return unless(answer?.lines);
  }
}
