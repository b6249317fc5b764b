import {
  add,
  type Decimal,
  decimal,
  type Money,
  money,
  multiply,
  type Result,
  type SiteRefusal,
  type TaxAnswer,
  type TaxableInvoice,
  type TaxLine,
  toScaledInteger,
  yes,
} from 'acorn/plugin';
import { exampleSource, taxRateOn } from './tax-rates.ts';

/** Stands on every tax line, so that a number in a query can be followed home. */
const rule = 'xx/tax';

/** Tax of a base at a rate in per cent: to the nearest minor unit, half away from zero. Name the law that says so. */
export const taxOf = (base: Money, rate: Decimal): Money =>
  money(toScaledInteger(multiply(decimal(base.minor.toString()), rate), -2), base.currency);

/** Tax by rate, lowest first, each rounded once. What is taxed at nothing stands there at 0 %. */
export function tax({ lines, taxPoint }: TaxableInvoice): Result<TaxAnswer, SiteRefusal> {
  const bases = new Map<Decimal, Money>();
  let isExample = false;
  for (const { net, taxClass } of lines) {
    const found = taxRateOn(taxClass, taxPoint);
    if (!found.ok) return found;
    const { rate, source } = found.value;
    isExample ||= source === exampleSource;
    const base = bases.get(rate);
    bases.set(rate, base === undefined ? net : add(base, net));
  }
  const taxes = [...bases]
    .map(([rate, base]): TaxLine => ({ rule, base, rate, tax: taxOf(base, rate) }))
    .sort((a, b) => Number(a.rate) - Number(b.rate));
  const warning = { code: 'EXAMPLE_RATE', message: 'The rate is an example: tax-rates.ts does not name a law for it.' };
  return yes({ rule, taxes, warnings: isExample ? [warning] : [] });
}
