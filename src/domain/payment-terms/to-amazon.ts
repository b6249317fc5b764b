import { type Result, yes } from '../../base/result.ts';
import type { AmazonTerms } from './amazon.ts';
import { type Cannot, cannot, netDaysOf } from './cannot-map.ts';
import type { PaymentTerms } from './terms.ts';

/**
 * The terms in Amazon's structure. Refused where it has no words for them: it counts from the invoice date, in whole
 * days, on the whole total. The roll is the bank's and is not part of what is sent.
 */
export function toAmazonTerms(terms: PaymentTerms): Result<AmazonTerms, Cannot> {
  const sp = 'sp-api';
  const [part] = terms.parts;
  if (terms.parts.length > 1) return cannot(sp, 'instalments');
  const { base, discount } = terms;
  if (base.kind === 'later-of') return cannot(sp, 'later-of');
  const { offset } = part;
  if (base.kind === 'fixed' || base.event === 'invoice-received') {
    if (offset.kind !== 'days' || offset.days !== 0 || discount !== undefined) return cannot(sp, 'base-date');
    return base.kind === 'fixed' ? cannot(sp, 'fixed-date') : yes({ type: 'PaymentDueUponReceiptOfInvoice' });
  }
  if (base.event !== 'invoice-date') return cannot(sp, 'base-date');
  if (discount !== undefined && discount.excludes.length > 0) return cannot(sp, 'discount-base');
  const discountDays = discount === undefined ? undefined : netDaysOf(discount.offset);
  if (discount !== undefined && discountDays === undefined) return cannot(sp, 'discount-offset');
  const offered =
    discount === undefined || discountDays === undefined
      ? {}
      : { discountPercent: discount.percent, discountDueDays: discountDays };
  switch (offset.kind) {
    case 'days':
      return yes({ type: 'Basic', ...offered, netDueDays: offset.days });
    case 'month-end-then-days':
      return yes({ type: 'EndOfMonth', ...offered, netDueDays: offset.days });
    case 'proximo':
      return offset.day === 'last' && offset.monthsLater === 1 && (offset.cutOff ?? 'last') === 'last'
        ? yes({ type: 'Proximo', ...offered })
        : cannot(sp, 'proximo');
    default:
      return cannot(sp, offset.kind);
  }
}
