import { type GraphQLError, Kind, type ValueNode } from 'graphql';
import { parseDay } from '../src/base/calendar-date.ts';
import { asCurrency } from '../src/base/currency.ts';
import { parseDecimal } from '../src/base/decimal.ts';
import { asEaches } from '../src/base/eaches.ts';
import { parseInstant } from '../src/base/instant.ts';
import { invariant } from '../src/base/invariant.ts';
import type { FeedCursor } from '../src/change-log/change-log.ts';
import { builder } from './builder.ts';
import { refused } from './refused.ts';

/** A scalar that is text in both directions: numbers in JSON and in queries pass through floats, text does not. */
function textual<Value>(scalar: string, read: (text: string) => Value | undefined) {
  const parse = (value: unknown): Value => {
    const parsed = typeof value === 'string' ? read(value) : undefined;
    if (parsed === undefined) throw unreadable(scalar);
    return parsed;
  };
  return {
    parseValue: parse,
    parseLiteral: (node: ValueNode) => parse(node.kind === Kind.STRING ? node.value : undefined),
  };
}

const unreadable = (scalar: string): GraphQLError =>
  refused('BAD_USER_INPUT', `expected a ${scalar}: ${examples[scalar] ?? ''}`);

const examples: Readonly<Record<string, string>> = {
  Decimal: 'text such as "12.50"',
  Eaches: 'a whole number of units',
  Date: 'a day that exists, as "2026-11-23"',
  Instant: 'a moment with its zone, as "2026-11-23T17:35:28Z"',
  CurrencyCode: 'three capital letters, as "USD"',
  Sequence: 'a whole number as text, as "42"',
  Cursor: 'text that this API gave',
};

builder.scalarType('Decimal', {
  description:
    'An exact decimal as text, such as "12.50": no exponent, no limit of a float. Given as text too, never as a number.',
  // Text keeps its zeros: an amount of 12.50 dollars is not written 12.5.
  serialize: (value) => {
    const text = typeof value === 'string' ? value : value.toFixed();
    invariant(parseDecimal(text).ok, 'what is stored as a decimal is one');
    return text;
  },
  ...textual('Decimal', (text) => {
    const read = parseDecimal(text);
    return read.ok ? read.value : undefined;
  }),
});

builder.scalarType('Eaches', {
  description: 'A count of single sellable units, whole, 32 bits. Negative only where something is taken back.',
  serialize: (value) => {
    invariant(asEaches(value) !== undefined, 'a count of eaches is whole and has 32 bits');
    return value;
  },
  parseValue: (value) => {
    const count = typeof value === 'number' ? asEaches(value) : undefined;
    if (count === undefined) throw unreadable('Eaches');
    return count;
  },
  parseLiteral: (node) => {
    const count = node.kind === Kind.INT ? asEaches(Number(node.value)) : undefined;
    if (count === undefined) throw unreadable('Eaches');
    return count;
  },
});

builder.scalarType('Date', {
  description: 'A calendar day without a clock or a zone: "2026-11-23".',
  // Days leave the database as midnight UTC.
  serialize: (value) => (value instanceof Date ? value.toISOString().slice(0, 10) : value),
  ...textual('Date', parseDay),
});

builder.scalarType('Instant', {
  description: 'A moment, in UTC to the millisecond: "2026-11-23T17:35:28.000Z". Any zone is understood when given.',
  serialize: (value) => (value instanceof Date ? value.toISOString() : value),
  ...textual('Instant', parseInstant),
});

builder.scalarType('CurrencyCode', {
  description: 'A currency by its ISO 4217 code: "USD".',
  serialize: (value) => value,
  ...textual('CurrencyCode', asCurrency),
});

builder.scalarType('Cursor', {
  description: 'A place in the change log. Opaque; the same place is always the same text.',
  serialize: (value) => value,
  ...textual('Cursor', (text) => (text === '' || text.length > 512 ? undefined : (text as FeedCursor))),
});

builder.scalarType('Sequence', {
  description: 'A whole number of any size, as text: "42".',
  serialize: (value) => value.toString(),
  ...textual('Sequence', (text) => (/^\d{1,19}$/.test(text) ? BigInt(text) : undefined)),
});
