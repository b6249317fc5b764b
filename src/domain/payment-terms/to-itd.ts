import { type Result, yes } from '../../base/result.ts';
import { type Cannot, cannot, netDaysOf } from './cannot-map.ts';
import type { Offset, PaymentTerms, TermEvent } from './terms.ts';

/**
 * Elements of an X12 ITD segment by their number; those absent are left empty.
 * A discount that leaves out freight or tax is said beside it, in TDS02: the amount subject to terms discount.
 * @source ASC X12 004010, segment ITD; data elements 336, 333, 338, 351, 446, 386, 765
 */
export interface ItdElements {
  /** Terms type code. */
  readonly itd01: string;
  /** Terms basis date code. */
  readonly itd02?: string;
  /** Discount, per cent. */
  readonly itd03?: string;
  /** Days in which the discount may be taken. */
  readonly itd05?: string;
  /** Net due date, YYYYMMDD. */
  readonly itd06?: string;
  /** Net days. */
  readonly itd07?: string;
  /** Day of the month. */
  readonly itd13?: string;
}

/** @source ASC X12 data element 333 */
const basis: { readonly [event in TermEvent]: string } = {
  shipped: '1',
  delivered: '2',
  'invoice-date': '3',
  'invoice-received': '5',
  'invoice-transmitted': '8',
  ordered: '09',
  'goods-received': '15',
};

/** The terms as an ITD segment. What has no code, such as the later of two dates, is refused. */
export function toItd({ base, parts, discount }: PaymentTerms): Result<ItdElements, Cannot> {
  const itd = 'x12-itd';
  if (parts.length > 1) return cannot(itd, 'instalments');
  if (base.kind === 'later-of') return cannot(itd, 'later-of');
  const { offset } = parts[0];
  if (base.kind === 'fixed') {
    if (netDaysOf(offset) !== 0 || discount !== undefined) return cannot(itd, 'base-date');
    return yes({ itd01: '03', itd02: '4', itd06: base.on.replaceAll('-', '') });
  }
  const discountDays = discount === undefined ? undefined : netDaysOf(discount.offset);
  if (discount !== undefined && discountDays === undefined) return cannot(itd, 'discount-offset');
  const net = netElements(offset, discount !== undefined, base.event);
  if (!net.ok) return net;
  const offered =
    discount === undefined || discountDays === undefined
      ? {}
      : { itd03: discount.percent, itd05: String(discountDays) };
  return yes({ ...net.value, itd02: basis[base.event], ...offered });
}

function netElements(offset: Offset, discounted: boolean, event: TermEvent): Result<ItdElements, Cannot> {
  switch (offset.kind) {
    case 'days':
      if (event === 'invoice-received' && offset.days === 0 && !discounted) return yes({ itd01: '23' });
      return yes({ itd01: discounted ? '08' : '05', itd07: String(offset.days) });
    case 'month-end-then-days':
      return offset.days === 10 ? yes({ itd01: '12' }) : yes({ itd01: '02', itd07: String(offset.days) });
    case 'proximo': {
      // 09 means the month after; a cut-off, another month or "the last day" has no element.
      const plain = offset.monthsLater === 1 && (offset.cutOff ?? 'last') === 'last' && offset.day !== 'last';
      return plain ? yes({ itd01: '09', itd13: String(offset.day) }) : cannot('x12-itd', 'proximo');
    }
    default:
      return cannot('x12-itd', offset.kind);
  }
}
