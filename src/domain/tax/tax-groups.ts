import type { Currency } from '../../base/currency.ts';
import { compareDecimals } from '../../base/decimal.ts';
import { add, type Money, negate, subtract, sum } from '../../base/money.ts';
import type { Rounding } from './rounding.ts';
import { inCurrency, type PriceBasis, type TaxCurrency, taxInCurrency, taxOn, taxWithin } from './tax-of.ts';
import type { TaxTreatment } from './treatment.ts';

export interface TreatedLine {
  /** Without tax, or with it, as the price basis says. */
  readonly amount: Money;
  readonly treatments: readonly TaxTreatment[];
}

/** All that is taxed alike on one invoice, and its tax, rounded once. */
export interface TaxGroup extends TaxTreatment {
  /** Without tax. */
  readonly base: Money;
  readonly tax: Money;
  /** The same in the currency of the state, where the invoice has another. */
  readonly inTaxCurrency?: { readonly base: Money; readonly tax: Money; readonly source: string };
}

export interface HowToTax {
  readonly rounding: Rounding;
  /** `gross` only where a line bears one tax: two taxes inside one price have no single answer. */
  readonly priceBasis?: PriceBasis;
  readonly taxCurrency?: TaxCurrency;
}

/**
 * Treatment per line → groups → one rounding per group. Never a rounding per line.
 *
 * @returns by rule, then by rate, lowest first, whatever the order of the lines
 */
export function taxGroups(lines: readonly TreatedLine[], how: HowToTax): TaxGroup[] {
  const groups = new Map<string, { readonly treatment: TaxTreatment; amount: Money }>();
  for (const { amount, treatments } of lines) {
    for (const treatment of treatments) {
      const key = keyOf(treatment);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { treatment, amount });
      else group.amount = add(group.amount, amount);
    }
  }
  return [...groups.values()].map(({ treatment, amount }) => groupOf(treatment, amount, how)).sort(byRuleThenRate);
}

/** The whole tax of an invoice. */
export const totalTax = (groups: readonly { readonly tax: Money }[], currency: Currency): Money =>
  sum(
    groups.map(({ tax }) => tax),
    currency,
  );

/** The groups of the document that takes another back: its exact negative, from its amounts and not from today's rates. */
export const reversed = (groups: readonly TaxGroup[]): TaxGroup[] =>
  groups.map((group) => ({
    ...group,
    base: negate(group.base),
    tax: negate(group.tax),
    ...(group.inTaxCurrency === undefined
      ? {}
      : {
          inTaxCurrency: {
            ...group.inTaxCurrency,
            base: negate(group.inTaxCurrency.base),
            tax: negate(group.inTaxCurrency.tax),
          },
        }),
  }));

function groupOf(
  treatment: TaxTreatment,
  amount: Money,
  { rounding, priceBasis = 'net', taxCurrency }: HowToTax,
): TaxGroup {
  const { rate } = treatment;
  const withoutTax = (whole: Money, tax: Money): Money => (priceBasis === 'gross' ? subtract(whole, tax) : whole);
  const tax = priceBasis === 'gross' ? taxWithin(amount, rate, rounding) : taxOn(amount, rate, rounding);
  const group = { ...treatment, base: withoutTax(amount, tax), tax };
  if (taxCurrency === undefined || taxCurrency.currency === amount.currency) return group;
  const converted = taxInCurrency(amount, rate, taxCurrency, rounding, priceBasis);
  return {
    ...group,
    inTaxCurrency: {
      base: withoutTax(inCurrency(amount, taxCurrency, rounding), converted),
      tax: converted,
      source: taxCurrency.source,
    },
  };
}

/** Equal rate and other category stay apart; 19 and 19.00 are one decimal and meet. */
const keyOf = ({ rule, category, jurisdiction, rate, exemption }: TaxTreatment): string =>
  [rule, category, jurisdiction, rate, exemption?.code, exemption?.reference].join('|');

const byRuleThenRate = (a: TaxGroup, b: TaxGroup): number =>
  a.rule === b.rule ? compareDecimals(a.rate, b.rate) || (keyOf(a) < keyOf(b) ? -1 : 1) : a.rule < b.rule ? -1 : 1;
