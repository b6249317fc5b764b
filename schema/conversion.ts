import type { Result } from '../src/base/result.ts';
import type { Consolidated } from '../src/domain/currency/consolidate.ts';
import type { Converted, ConversionMethod as Method } from '../src/domain/currency/convert.ts';
import type { RateRefusal, ReferenceRate } from '../src/domain/currency/reference-rates.ts';
import { builder } from './builder.ts';
import { Money } from './money.ts';
import { refused } from './refused.ts';

const RateUsed = builder.objectRef<ReferenceRate>('RateUsed').implement({
  description: 'What one euro was worth, as it was published.',
  authScopes: { 'invoice:read': true },
  fields: (t) => ({
    currency: t.expose('currency', { type: 'CurrencyCode', description: 'Of which currency.' }),
    perEuro: t.expose('perEuro', { type: 'Decimal', description: 'Units of it for one euro.' }),
    publishedOn: t.expose('on', {
      type: 'Date',
      description: 'The day it was published for; of a currency that became the euro, the day it did.',
    }),
    source: t.exposeString('source', {
      description:
        'Who published it: ECB, or the law that fixed it for ever; `simulated` in a demo, where it is made up.',
    }),
  }),
});

const ConversionMethod = builder.enumType('ConversionMethod', {
  description: 'By which way an amount was converted.',
  values: {
    SAME_CURRENCY: { value: 'same-currency', description: 'Not at all.' },
    FROM_EURO: { value: 'from-euro', description: 'Euros times the rate of the new currency.' },
    TO_EURO: { value: 'to-euro', description: 'The amount divided by the rate of its currency.' },
    THROUGH_EURO: {
      value: 'through-euro',
      description: 'Divided by the one and times the other, without rounding between.',
    },
  } satisfies Record<string, { value: Method; description: string }>,
});

const Conversion = builder.objectRef<Converted>('Conversion').implement({
  description: 'An amount in another currency, and all that made it. Rounded once, half away from zero.',
  authScopes: { 'invoice:read': true },
  fields: (t) => ({
    from: t.field({ type: Money, description: 'The amount as it is.', resolve: ({ from }) => from }),
    to: t.field({ type: Money, description: 'The same in the other currency.', resolve: ({ to }) => to }),
    on: t.expose('on', { type: 'Date', description: 'The day whose rates were asked for.' }),
    method: t.expose('method', { type: ConversionMethod, description: 'By which way.' }),
    rate: t.expose('rate', {
      type: 'Decimal',
      description:
        'Units of the new currency for one of the old, to 12 digits, for a person. The amount is made from `rates`.',
    }),
    rates: t.field({
      type: [RateUsed],
      description:
        'The published rates that were used; the euro has none. On days without, those of the last day before.',
      resolve: ({ rates }) => [...rates],
    }),
  }),
});

export const ConsolidatedAmount = builder.objectRef<Consolidated>('ConsolidatedAmount').implement({
  description:
    'Amounts of several currencies as one. Credit notes count against invoices where both are among them. For reports: the rates are public ones, and nobody was paid by them.',
  authScopes: { 'invoice:read': true },
  fields: (t) => ({
    amount: t.field({ type: Money, description: 'The sum of the parts, exactly.', resolve: ({ amount }) => amount }),
    parts: t.field({
      type: [Conversion],
      description: 'Each amount with its conversion, in the order of the sums it is of.',
      resolve: ({ parts }) => [...parts],
    }),
  }),
});

/** What could be converted, or the coded error that stands in its place: never a total with a part left out. */
export function orRateRefusal<Value>(result: Result<Value, RateRefusal>): Value {
  if (result.ok) return result.value;
  const { code, ...details } = result.refusal;
  throw refused(code, messageOf(result.refusal), details);
}

function messageOf(refusal: RateRefusal): string {
  const { currency, on } = refusal;
  switch (refusal.code) {
    case 'RATE_UNKNOWN':
      return `no rate of ${currency} is known on ${on} or before`;
    case 'RATE_TOO_OLD':
      return `the last rate of ${currency} is of ${refusal.last}, more than ${refusal.mostDays} days before ${on}`;
  }
}
