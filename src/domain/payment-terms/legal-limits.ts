import { addDays, type CalendarDate } from '../../base/calendar-date.ts';
import { never } from '../../base/invariant.ts';
import { addMonths, dayOfMonth, daysBetween, monthEnd } from '../../base/months.ts';
import type { TermDates, TermEvent } from './terms.ts';

/** The law an agreement falls under, with the facts about the agreement that the law asks for. */
export type LegalRule =
  /** @source Directive 2011/7/EU, article 3(5): 60 days, unless expressly agreed and not grossly unfair */
  | { readonly kind: 'eu-60-days'; readonly expresslyAgreed: boolean }
  /** @source Belgian act of 2 August 2002 as amended: 60 days since 1 February 2022, and no agreement beyond */
  | { readonly kind: 'be-60-days' }
  /** @source Code de commerce, article L441-10: 60 days from the invoice date */
  | { readonly kind: 'fr-60-days' }
  /** @source Code de commerce, article L441-10: 45 days end of month when agreed; both readings are met in practice */
  | { readonly kind: 'fr-45-days-month-end'; readonly reading: 'month-end-then-days' | 'days-then-month-end' }
  /**
   * Contract manufacturing and the like: 60 days from receipt, the day of receipt counted, applied as two months. A roll
   * past it for a bank holiday is tolerated up to two days when agreed in writing beforehand.
   * @source Act on subcontract payments, article 2-2 (toriteki-ho since 1 January 2026), and its guidance by the JFTC
   */
  | { readonly kind: 'jp-two-months'; readonly rollAgreedInWriting: boolean };

export type LegalVerdict =
  | { readonly verdict: 'no-limit' }
  | { readonly verdict: 'within'; readonly rule: LegalRule['kind']; readonly latest: CalendarDate }
  | {
      /** Later than the limit, and lawful for the reason given. */
      readonly verdict: 'tolerated';
      readonly rule: LegalRule['kind'];
      readonly latest: CalendarDate;
      readonly daysOver: number;
      readonly because: 'expressly-agreed' | 'roll-agreed-in-writing';
    }
  | {
      readonly verdict: 'exceeds';
      readonly rule: LegalRule['kind'];
      readonly latest: CalendarDate;
      readonly daysOver: number;
      /** The terms keep the limit; only the move to an open day breaks it. */
      readonly byRollOnly: boolean;
    }
  | { readonly verdict: 'cannot-tell'; readonly rule: LegalRule['kind']; readonly missing: TermEvent };

/** Longest roll the Japanese rule tolerates, in days. */
const toleratedRollDays = 2;

/** Judge the day money is really due. A limit is reported, and never moves the day. */
export function legalVerdict(
  rule: LegalRule | undefined,
  { unadjusted, adjusted }: { readonly unadjusted: CalendarDate; readonly adjusted: CalendarDate },
  dates: TermDates,
): LegalVerdict {
  if (rule === undefined) return { verdict: 'no-limit' };
  const from = countedFrom(rule, dates);
  if (from.on === undefined) return { verdict: 'cannot-tell', rule: rule.kind, missing: from.event };
  const latest = latestDay(rule, from.on);
  if (adjusted <= latest) return { verdict: 'within', rule: rule.kind, latest };
  const over = { rule: rule.kind, latest, daysOver: daysBetween(latest, adjusted) };
  if (rule.kind === 'eu-60-days' && rule.expresslyAgreed) {
    return { verdict: 'tolerated', ...over, because: 'expressly-agreed' };
  }
  const byRollOnly = unadjusted <= latest;
  const short = daysBetween(unadjusted, adjusted) <= toleratedRollDays;
  if (rule.kind === 'jp-two-months' && rule.rollAgreedInWriting && byRollOnly && short) {
    return { verdict: 'tolerated', ...over, because: 'roll-agreed-in-writing' };
  }
  return { verdict: 'exceeds', ...over, byRollOnly };
}

/** The day a limit counts from. The EU's runs from the later of the invoice and the goods, where the goods come later. */
function countedFrom(
  rule: LegalRule,
  dates: TermDates,
): { readonly event: TermEvent; readonly on: CalendarDate | undefined } {
  switch (rule.kind) {
    case 'fr-60-days':
    case 'fr-45-days-month-end':
      return { event: 'invoice-date', on: dates['invoice-date'] };
    case 'jp-two-months':
      return { event: 'goods-received', on: dates['goods-received'] };
    case 'eu-60-days':
    case 'be-60-days': {
      const [invoice, goods] = [dates['invoice-received'], dates['goods-received']];
      const on = invoice !== undefined && goods !== undefined && goods > invoice ? goods : invoice;
      return { event: 'invoice-received', on };
    }
    default:
      return never(rule);
  }
}

function latestDay(rule: LegalRule, from: CalendarDate): CalendarDate {
  switch (rule.kind) {
    case 'eu-60-days':
    case 'be-60-days':
    case 'fr-60-days':
      return addDays(from, 60);
    case 'fr-45-days-month-end':
      return rule.reading === 'month-end-then-days' ? addDays(monthEnd(from), 45) : monthEnd(addDays(from, 45));
    case 'jp-two-months': {
      // The first day counts, so a period ends the day before its like; where there is no like, with the month.
      const like = addMonths(from, 2);
      return dayOfMonth(like) === dayOfMonth(from) ? addDays(like, -1) : like;
    }
    default:
      return never(rule);
  }
}
