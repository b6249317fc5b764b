import { z } from 'zod';
import { type CalendarDate, parseDay } from '../base/calendar-date.ts';
import { parseDecimal } from '../base/decimal.ts';

// What an operator writes as JSON. Every row is looked at by itself; how rows follow each other is for the site to say.

const text = (what: string) =>
  z
    .string({ error: `write ${what}` })
    .trim()
    .min(1, { error: `write ${what}` });

const day = z.string({ error: dayWanted() }).transform((written, context): CalendarDate => {
  const read = parseDay(written);
  if (read !== undefined) return read;
  context.addIssue(dayWanted());
  return z.NEVER;
});

const decimal = z.string({ error: decimalWanted() }).transform((written, context) => {
  const read = parseDecimal(written);
  if (read.ok) return read.value;
  context.addIssue(decimalWanted());
  return z.NEVER;
});

function dayWanted(): string {
  return 'write a day that exists, such as "2026-11-23"';
}

function decimalWanted(): string {
  return 'write an exact number as text, such as "9.975"';
}

const oneOf = <const Words extends readonly [string, ...string[]]>(...words: Words) =>
  z.enum(words, { error: `write ${words.map((word) => `"${word}"`).join(' or ')}` });

const dated = { since: day, until: day.optional(), source: text('who says so') };
const whole = z.int({ error: 'write a whole number' });
const dayOfMonth = z.union([whole, z.literal('last')], { error: 'write a day of the month, or "last"' });
const event = oneOf(
  'invoice-date',
  'invoice-received',
  'invoice-transmitted',
  'goods-received',
  'delivered',
  'shipped',
  'ordered',
);
const roll = oneOf('none', 'following', 'modified-following', 'preceding', 'modified-preceding');
const excludes = z.array(oneOf('freight', 'tax'), { error: 'write a list of "freight" and "tax"' });

const offset = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('days'), days: whole }),
    z.strictObject({ kind: z.literal('bank-days'), days: whole }),
    z.strictObject({ kind: z.literal('months'), months: whole }),
    z.strictObject({ kind: z.literal('month-end-then-days'), days: whole }),
    z.strictObject({ kind: z.literal('days-then-month-end'), days: whole }),
    z.strictObject({
      kind: z.literal('proximo'),
      day: dayOfMonth,
      monthsLater: whole,
      cutOff: dayOfMonth.optional(),
    }),
    z.strictObject({ kind: z.literal('closing'), closesOn: dayOfMonth, monthsLater: whole, paysOn: dayOfMonth }),
  ],
  {
    error:
      'write an offset: its kind is days, bank-days, months, month-end-then-days, days-then-month-end, proximo or closing',
  },
);

const counted = [
  z.strictObject({ kind: z.literal('event'), event }),
  z.strictObject({
    kind: z.literal('later-of'),
    events: z.tuple([event, event], { error: 'write a list of two days, such as "invoice-received"' }),
  }),
] as const;
const clockBase = z.discriminatedUnion('kind', counted, { error: 'write a base: its kind is event or later-of' });
const termsBase = z.discriminatedUnion('kind', [...counted, z.strictObject({ kind: z.literal('fixed'), on: day })], {
  error: 'write a base: its kind is event, later-of or fixed',
});

const reading = oneOf('month-end-then-days', 'days-then-month-end');
const yesOrNo = z.boolean({ error: 'write true or false' });
const legal = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('eu-60-days'), expresslyAgreed: yesOrNo }),
    z.strictObject({ kind: z.literal('be-60-days') }),
    z.strictObject({ kind: z.literal('fr-60-days') }),
    z.strictObject({ kind: z.literal('fr-45-days-month-end'), reading }),
    z.strictObject({ kind: z.literal('jp-two-months'), rollAgreedInWriting: yesOrNo }),
  ],
  {
    error: 'write a limit: its kind is eu-60-days, be-60-days, fr-60-days, fr-45-days-month-end or jp-two-months',
  },
);

const instalment = z.strictObject({ percent: decimal, offset });
const terms = z.strictObject({
  base: termsBase,
  parts: z.tuple([instalment], instalment, { error: 'write a list of parts, one or more' }),
  roll,
  discount: z.strictObject({ percent: decimal, offset, excludes, roll }).optional(),
  legal: legal.optional(),
});

const rows = <Row extends z.ZodType>(row: Row) => z.array(row, { error: 'write a list of rows' }).optional();

/** The tables of one site: `SiteTables`, as far as one row can say. */
export const siteTableShape = z.strictObject(
  {
    rates: rows(
      z.strictObject({
        key: text('the class, such as "standard"'),
        rate: decimal,
        category: oneOf('S', 'AA', 'Z', 'E', 'K', 'AE', 'G', 'O').optional(),
        ...dated,
      }),
    ),
    calendar: rows(
      z.strictObject({
        on: day,
        is: oneOf('open', 'closed'),
        name: text('what day it is'),
        source: text('who says so'),
      }),
    ),
    clock: rows(
      z.strictObject({
        vendorCode: text('a vendor code').optional(),
        freightTerm: oneOf('PREPAID', 'COLLECT').optional(),
        base: clockBase,
        ...dated,
      }),
    ),
    agreements: rows(
      z.strictObject({
        vendorCode: text('a vendor code').optional(),
        terms: terms.optional(),
        monthEnd: reading.optional(),
        fixedOn: day.optional(),
        roll: roll.optional(),
        discountRoll: roll.optional(),
        discountExcludes: excludes.optional(),
        legal: legal.optional(),
        ...dated,
      }),
    ),
  },
  {
    error: ({ code }) =>
      code === 'unrecognized_keys' ? undefined : 'write tables: rates, calendar, clock, agreements',
  },
);
