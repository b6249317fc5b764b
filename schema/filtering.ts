import { asCurrency, minorDigits } from '../src/base/currency.ts';
import type { Decimal } from '../src/base/decimal.ts';
import { decimalPlaces, toScaledInteger } from '../src/base/decimal.ts';
import { builder } from './builder.ts';
import { accountIdsOf } from './ids.ts';
import { badInput } from './refused.ts';

export const InstantRange = builder.inputType('InstantRange', {
  description: 'A span of time, both ends included; an end left out is open.',
  fields: (t) => ({
    from: t.field({ type: 'Instant', description: 'Its first moment.' }),
    to: t.field({ type: 'Instant', description: 'Its last moment.' }),
  }),
});

export const AmountThreshold = builder.inputType('AmountThreshold', {
  description: 'An amount to compare with. Amounts of other currencies do not match, whatever their size.',
  fields: (t) => ({
    amount: t.field({ type: 'Decimal', required: true, description: 'The amount, in the unit of its currency.' }),
    currency: t.field({ type: 'CurrencyCode', required: true, description: 'Its currency.' }),
  }),
});

/** Rows whose `column` (minor units) exceeds a threshold, in its currency. */
export function over<Column extends string>(
  column: Column,
  threshold: { readonly amount: Decimal; readonly currency: string } | null | undefined,
): object {
  if (threshold == null) return {};
  const currency = asCurrency(threshold.currency);
  if (currency === undefined) throw badInput('currency', 'three capital letters');
  if (decimalPlaces(threshold.amount) > minorDigits(currency)) {
    throw badInput('amount', `${currency} has ${minorDigits(currency)} minor digits`);
  }
  const minor = toScaledInteger(threshold.amount, minorDigits(currency));
  // The column has 64 bits; beyond them nothing can exceed or everything does.
  const most = 9_223_372_036_854_775_807n;
  const bounded = minor > most ? most : minor < -most ? -most : minor;
  return { currency, [column]: { gt: bounded } };
}

/** Windows that share a moment with `range`; those of unknown bounds do not match. */
export function overlapping(
  [from, to]: readonly [string, string],
  range: { readonly from?: string | null | undefined; readonly to?: string | null | undefined } | null | undefined,
): object {
  if (range == null) return {};
  return {
    [from]: range.to == null ? { not: null } : { lte: new Date(range.to) },
    [to]: range.from == null ? { not: null } : { gte: new Date(range.from) },
  };
}

/** A list narrows to its members, an empty one to nothing; an absent one does not narrow. */
export const among = <Value>(column: string, values: readonly Value[] | null | undefined): object =>
  values == null ? {} : { [column]: { in: [...values] } };

/** From a moment or a day on, included. */
export const since = (column: string, from: string | null | undefined): object =>
  from == null ? {} : { [column]: { gte: new Date(from) } };

/** Before a moment or a day, excluded. */
export const before = (column: string, to: string | null | undefined): object =>
  to == null ? {} : { [column]: { lt: new Date(to) } };

interface AccountFilter {
  readonly accounts?: readonly string[] | null | undefined;
  readonly sites?: readonly string[] | null | undefined;
}

/** Every list can be narrowed to accounts and sites. */
export const ofAccounts = ({ accounts, sites }: AccountFilter): object => ({
  ...among('accountId', accountIdsOf(accounts, 'accounts')),
  ...(sites == null ? {} : { account: { site: { in: [...sites] } } }),
});

/** Several conditions that must all hold, even when two speak of one column. */
export const all = (...conditions: readonly object[]): { AND: object[] } => ({
  AND: conditions.filter((condition) => Object.keys(condition).length > 0),
});
