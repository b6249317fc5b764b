import fc from 'fast-check';
import { addDays, type CalendarDate, day } from '../../base/calendar-date.ts';
import type { Currency } from '../../base/currency.ts';
import { money } from '../../base/money.ts';
import type { GoldenCase } from '../plugin.ts';
import type { Site, TaxableInvoice, TaxableLine } from '../site.ts';

/** What a site can be asked about: learnt from the site itself and from its golden cases. */
export interface Vocabulary {
  readonly countries: readonly string[];
  readonly regions: readonly (string | undefined)[];
  readonly classes: readonly string[];
  readonly certificates: readonly TaxableInvoice['certificates'][];
  readonly currency: Currency;
  /** What is known beside the goods: where they come from, who sells, which id the buyer uses. */
  readonly facts: readonly Facts[];
}

type Facts = Pick<TaxableInvoice, 'shipFromCountry' | 'shipFromRegion' | 'supplier' | 'buyerTaxId' | 'rounding'>;

/** A class nobody has a rate for. */
export const unheardOf = 'no-such-class';

/** The words of a site: its own golden cases name regions and classes, and its refusal of an unknown class names the rest. */
export function vocabularyOf(site: Site, golden: readonly GoldenCase[], asOf: CalendarDate): Vocabulary {
  const [first] = site.marketplaces;
  const invoices = golden.filter((one) => one.rule === 'tax' && one.site === site.code).map(invoiceOf);
  const regions = [...new Set(invoices.map(({ shipToRegion }) => shipToRegion))];
  const stated = golden
    .filter((one) => one.rule === 'tax' && one.site === site.code && isYes(one.answer))
    .flatMap((one) => invoiceOf(one).lines.map(({ taxClass }) => taxClass));
  const base: Vocabulary = {
    countries: [...new Set(site.marketplaces.map(({ country }) => country))],
    regions: regions.length === 0 ? [undefined] : regions,
    classes: ['standard'],
    certificates: [[], ...invoices.map(({ certificates }) => certificates).filter(({ length }) => length > 0)],
    currency: first?.currency ?? ('USD' as Currency),
    facts: invoices.length === 0 ? [{}] : invoices.map(factsOf),
  };
  return {
    ...base,
    classes: [...new Set(['standard', ...stated, ...classesOf(site, base, asOf)])],
  };
}

/** The most ordinary invoice there is: one standard line, delivered at home, no papers; its facts as the first golden case has them. */
export const ordinaryInvoice = (words: Vocabulary, asOf: CalendarDate, taxClass = 'standard'): TaxableInvoice => ({
  lines: [{ net: money(125_000n, words.currency), taxClass }],
  taxPoint: asOf,
  shipToCountry: words.countries[0] ?? 'US',
  ...(words.regions[0] === undefined ? {} : { shipToRegion: words.regions[0] }),
  certificates: [],
  ...words.facts[0],
});

/** Invoices of any number of lines, signs, classes, days and papers, at this site's stores or sent abroad. */
export function invoicesOf(words: Vocabulary): fc.Arbitrary<TaxableInvoice> {
  const line: fc.Arbitrary<TaxableLine> = fc.record({
    net: fc
      .oneof(fc.bigInt(-9_999n, 9_999n), fc.bigInt(-(10n ** 15n), 10n ** 15n))
      .map((minor) => money(minor, words.currency)),
    taxClass: fc.constantFrom(...words.classes),
  });
  return fc
    .record({
      lines: fc.array(line, { maxLength: 7 }),
      taxPoint: fc.integer({ min: 0, max: 365 * 45 }).map((days) => addDays(day('1995-01-01'), days)),
      shipToCountry: fc.constantFrom(...words.countries, ...words.countries, 'ZZ'),
      shipToRegion: fc.constantFrom(...words.regions),
      certificates: fc.constantFrom(...words.certificates),
      facts: fc.constantFrom(...words.facts),
    })
    .map(({ shipToRegion, facts, ...rest }) => ({
      ...rest,
      ...facts,
      ...(shipToRegion === undefined ? {} : { shipToRegion }),
    }));
}

const factsOf = ({ shipFromCountry, shipFromRegion, supplier, buyerTaxId, rounding }: TaxableInvoice): Facts => ({
  ...(shipFromCountry === undefined ? {} : { shipFromCountry }),
  ...(shipFromRegion === undefined ? {} : { shipFromRegion }),
  ...(supplier === undefined ? {} : { supplier }),
  ...(buyerTaxId === undefined ? {} : { buyerTaxId }),
  ...(rounding === undefined ? {} : { rounding }),
});

function classesOf(site: Site, words: Vocabulary, asOf: CalendarDate): readonly string[] {
  try {
    const answer = site.tax(ordinaryInvoice(words, asOf, unheardOf));
    return !answer.ok && answer.refusal.code === 'TAX_CLASS_UNKNOWN' ? answer.refusal.known : [];
  } catch {
    // Throwing is told by the first law of tax; here it only means that nothing is learnt.
    return [];
  }
}

const isYes = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === true;
const invoiceOf = ({ input }: GoldenCase): TaxableInvoice => input as TaxableInvoice;
