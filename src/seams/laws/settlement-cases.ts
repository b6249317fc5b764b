import fc from 'fast-check';
import { addDays, type CalendarDate } from '../../base/calendar-date.ts';
import { decimal } from '../../base/decimal.ts';
import { money } from '../../base/money.ts';
import type { StatedTerms } from '../../domain/facts.ts';
import type { SettlementQuestion } from '../../domain/payment-terms/settlement.ts';
import type { Instalment, Offset, PaymentTerms, TermDates } from '../../domain/payment-terms/terms.ts';
import type { Roll } from '../../domain/roll.ts';
import type { Site } from '../site.ts';

const dayOfMonth = fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constant('last' as const));
const days = fc.integer({ min: 0, max: 120 });

const offset: fc.Arbitrary<Offset> = fc.oneof(
  fc.record({ kind: fc.constant('days'), days }),
  fc.record({ kind: fc.constant('bank-days'), days: fc.integer({ min: 0, max: 20 }) }),
  fc.record({ kind: fc.constant('months'), months: fc.integer({ min: 0, max: 4 }) }),
  fc.record({ kind: fc.constant('month-end-then-days'), days }),
  fc.record({ kind: fc.constant('days-then-month-end'), days }),
  fc.record({
    kind: fc.constant('proximo'),
    day: dayOfMonth,
    monthsLater: fc.integer({ min: 1, max: 3 }),
    cutOff: dayOfMonth,
  }),
  fc.record({
    kind: fc.constant('closing'),
    closesOn: dayOfMonth,
    paysOn: dayOfMonth,
    monthsLater: fc.integer({ min: 1, max: 3 }),
  }),
);

const parts: fc.Arbitrary<PaymentTerms['parts']> = fc.oneof(
  fc.tuple(offset).map(([only]): readonly [Instalment] => [{ percent: decimal('100'), offset: only }]),
  fc.tuple(fc.integer({ min: 1, max: 9999 }), offset, offset).map(([share, a, b]): PaymentTerms['parts'] => [
    { percent: decimal(hundredths(share)), offset: a },
    { percent: decimal(hundredths(10_000 - share)), offset: b },
  ]),
);

const roll = fc.constantFrom<Roll>('none', 'following', 'modified-following', 'preceding', 'modified-preceding');

const normalForm: fc.Arbitrary<PaymentTerms> = fc.record(
  {
    base: fc.constantFrom<PaymentTerms['base']>(
      { kind: 'event', event: 'invoice-date' },
      { kind: 'event', event: 'goods-received' },
      { kind: 'later-of', events: ['invoice-received', 'goods-received'] },
    ),
    parts,
    roll,
    discount: fc.record({
      percent: fc.constantFrom('0.5', '1', '2', '3').map(decimal),
      offset,
      excludes: fc.constantFrom<readonly ('freight' | 'tax')[]>([], ['freight'], ['tax'], ['freight', 'tax']),
      roll,
    }),
  },
  { requiredKeys: ['base', 'parts', 'roll'] },
);

const stated: fc.Arbitrary<StatedTerms> = fc.oneof(
  days.map((net) => ({ text: `NET ${net}` })),
  days.map((net) => ({ text: 'Basic', netDueDays: net })),
  days.map((net) => ({ text: 'EndOfMonth', netDueDays: net })),
  fc.constant({ text: 'Proximo' }),
  days.map((net) => ({ text: `2% 10 NET ${net}` })),
);

/** Terms of every kind and dates in the order in which they come about, in a year around `asOf`. */
export function settlementCases({ marketplaces }: Site, asOf: CalendarDate): fc.Arbitrary<SettlementQuestion> {
  const store = fc.constantFrom(...marketplaces);
  const dates: fc.Arbitrary<TermDates> = fc
    .tuple(fc.integer({ min: -400, max: 200 }), fc.nat(20), fc.nat(40))
    .map(([from, received, goods]) => {
      const issued = addDays(asOf, from);
      const arrived = addDays(issued, goods - 10);
      return {
        'invoice-date': issued,
        'invoice-received': addDays(issued, received),
        shipped: addDays(arrived, -5),
        'goods-received': arrived,
      };
    });
  return fc
    .record({
      asked: fc.oneof(
        normalForm.map((terms) => ({ normalForm: terms })),
        stated.map((terms) => ({ terms })),
      ),
      dates,
      store,
      freightTerm: fc.constantFrom('PREPAID' as const, 'COLLECT' as const),
      minor: fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
      freight: fc.bigInt({ min: 0n, max: 10n ** 5n }),
      tax: fc.bigInt({ min: 0n, max: 10n ** 6n }),
    })
    .map(({ asked, dates: known, store: { country, currency }, freightTerm, minor, freight, tax }) => ({
      ...asked,
      dates: known,
      freightTerm,
      country,
      amounts: { total: money(minor, currency), freight: money(freight, currency), tax: money(tax, currency) },
    }));
}

const hundredths = (share: number): string => `${Math.floor(share / 100)}.${String(share % 100).padStart(2, '0')}`;
