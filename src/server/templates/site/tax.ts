import {
  add,
  type CalendarDate,
  type Decimal,
  decimal,
  type Money,
  money,
  multiply,
  no,
  type Result,
  type SiteRefusal,
  type TaxAnswer,
  type TaxableInvoice,
  type TaxLine,
  toScaledInteger,
  yes,
} from 'acorn/plugin';
import { exampleSource, type TaxRate, taxRates } from './tax-rates.ts';

/** Stands on every tax line, so that a number in a query can be followed home. */
const rule = 'xx/tax';

/** The newest row of a class stands until there is another, so the rates have no last year. */
const openEnd = 9999;

/** Tax by rate, lowest first, each rounded once. What is taxed at nothing stands there at 0 %. */
export function tax({ lines, taxPoint }: TaxableInvoice): Result<TaxAnswer, SiteRefusal> {
  const bases = new Map<Decimal, Money>();
  const sources = new Set<string>();
  for (const { net, taxClass } of lines) {
    const found = rateOn(taxClass, taxPoint);
    if (!found.ok) return found;
    const { rate, source } = found.value;
    sources.add(source);
    const base = bases.get(rate);
    bases.set(rate, base === undefined ? net : add(base, net));
  }
  const taxes = [...bases]
    .map(([rate, base]): TaxLine => ({ rule, base, rate, tax: taxOf(base, rate) }))
    .sort((a, b) => Number(a.rate) - Number(b.rate));
  return yes({ rule, taxes, warnings: sources.has(exampleSource) ? [exampleWarning] : [] });
}

/** Tax of a base at a rate in per cent: to the nearest minor unit, half away from zero. Name the law that says so. */
export const taxOf = (base: Money, rate: Decimal): Money =>
  money(toScaledInteger(multiply(decimal(base.minor.toString()), rate), -2), base.currency);

/** The rate of a class on the day that decides it. A class, or a time, without a rate is refused: never guessed. */
function rateOn(taxClass: string, taxPoint: CalendarDate): Result<TaxRate, SiteRefusal> {
  const rates = Object.hasOwn(taxRates, taxClass) ? taxRates[taxClass] : undefined;
  if (rates === undefined) return no({ code: 'TAX_CLASS_UNKNOWN', taxClass, known: Object.keys(taxRates) });
  const rate = rates.findLast(({ since }) => since <= taxPoint);
  if (rate !== undefined) return yes(rate);
  const year = Number(taxPoint.slice(0, 4));
  return no({ code: 'YEAR_OUT_OF_RANGE', year, known: [Number(rates[0]?.since.slice(0, 4)), openEnd] });
}

/** Until every rate names a law, nobody takes an example for one. */
const exampleWarning = { code: 'EXAMPLE_RATE', message: 'A rate is an example: tax-rates.ts does not name its law.' };
