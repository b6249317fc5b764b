import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { type CalendarDate, parseDay } from '../base/calendar-date.ts';
import { asCurrency, type Currency } from '../base/currency.ts';
import { type Decimal, parseDecimal } from '../base/decimal.ts';
import { no, type Result, yes } from '../base/result.ts';
import { euro } from '../domain/currency/fixed-rates.ts';
import type { ReferenceRate } from '../domain/currency/reference-rates.ts';

/** Something in a file of rates that was left out, and where. */
export interface RateProblem {
  readonly code: RateProblemCode;
  /** An XPath: `/Envelope/Cube/Cube[2]/Cube[5]`. */
  readonly at: string;
  /** For a person. */
  readonly message: string;
}

export type RateProblemCode =
  | 'DAY_UNREADABLE'
  | 'CURRENCY_UNREADABLE'
  | 'RATE_UNREADABLE'
  /** The file has two values for one day of a currency. The first counts. */
  | 'RATE_GIVEN_TWICE'
  /** Another value is kept for that day, and stands. */
  | 'RATE_DIFFERS';

/** A rate and its place in the file, so that whatever is said of it can be found there. */
export interface PlacedRate {
  readonly rate: ReferenceRate;
  readonly at: string;
}

export interface EcbRates {
  readonly rates: readonly PlacedRate[];
  readonly problems: readonly RateProblem[];
}

/** The file as a whole is something else. */
export type NotEcbRates = { readonly code: 'NOT_XML' | 'NOT_ECB_RATES'; readonly message: string };

/** Anything at all may stand in a file; attributes are text. */
interface Cube {
  readonly time?: unknown;
  readonly currency?: unknown;
  readonly rate?: unknown;
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  removeNSPrefix: true,
  // Numbers stay the text they were published as; nothing in the file may name another.
  parseAttributeValue: false,
  processEntities: false,
  isArray: (name) => name === 'Cube',
});

/**
 * The euro's reference rates out of the file of a day, of 90 days, or of all days since 1999: they have one shape. What
 * cannot be read is told by its place, and the rest counts.
 *
 * @source European Central Bank, `eurofxref-daily.xml`, `eurofxref-hist-90d.xml`, `eurofxref-hist.xml`
 */
export function readEcbRates(bytes: Uint8Array): Result<EcbRates, NotEcbRates> {
  const text = Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  const read = documentOf(text);
  if (!read.ok) return read;
  const [all] = cubesOf(read.value.Envelope);
  const days = cubesOf(all);
  if (days.length === 0)
    return no({ code: 'NOT_ECB_RATES', message: 'expected /Envelope/Cube/Cube, one for each day' });

  const rates = new Map<string, PlacedRate>();
  const problems: RateProblem[] = [];
  for (const [index, cube] of days.entries()) readDay(cube, `/Envelope/Cube/Cube[${index + 1}]`, rates, problems);
  return yes({ rates: [...rates.values()], problems });
}

function documentOf(text: string): Result<{ readonly Envelope?: unknown }, NotEcbRates> {
  const wellFormed = XMLValidator.validate(text);
  if (wellFormed !== true) {
    const { msg, line, col } = wellFormed.err;
    return no({ code: 'NOT_XML', message: `line ${line}, column ${col}: ${msg}` });
  }
  try {
    return yes(parser.parse(text) as { readonly Envelope?: unknown });
  } catch (error) {
    // The validator lets a few things pass that the parser does not.
    return no({ code: 'NOT_XML', message: error instanceof Error ? error.message : String(error) });
  }
}

/** The cubes inside an element; an attribute of that name is none. */
function cubesOf(element: unknown): readonly Cube[] {
  const inside = (element as { readonly Cube?: unknown } | null | undefined)?.Cube;
  return Array.isArray(inside) ? inside : [];
}

function readDay(day: Cube, at: string, rates: Map<string, PlacedRate>, problems: RateProblem[]): void {
  const on = parseDay(textOf(day.time));
  if (on === undefined) {
    problems.push({
      code: 'DAY_UNREADABLE',
      at,
      message: `expected a day as time="2026-11-23", not ${shown(day.time)}`,
    });
    return;
  }
  for (const [index, cube] of cubesOf(day).entries()) {
    const place = `${at}/Cube[${index + 1}]`;
    const read = readRate(cube, on);
    if (!read.ok) {
      problems.push({ ...read.refusal, at: place });
      continue;
    }
    const key = `${read.value.currency} ${on}`;
    const first = rates.get(key);
    if (first === undefined) rates.set(key, { rate: read.value, at: place });
    else if (first.rate.perEuro !== read.value.perEuro) {
      const message = `${key} is ${first.rate.perEuro} at ${first.at}, and ${read.value.perEuro} here`;
      problems.push({ code: 'RATE_GIVEN_TWICE', at: place, message });
    }
  }
}

function readRate({ currency, rate }: Cube, on: CalendarDate): Result<ReferenceRate, Omit<RateProblem, 'at'>> {
  const code = currencyOf(currency);
  if (code === undefined) {
    const message = `${on}: expected a currency other than the euro as currency="USD", not ${shown(currency)}`;
    return no({ code: 'CURRENCY_UNREADABLE', message });
  }
  const perEuro = perEuroOf(rate);
  if (perEuro === undefined) {
    return no({ code: 'RATE_UNREADABLE', message: `${code} ${on}: expected rate="1.0853", not ${shown(rate)}` });
  }
  return yes({ currency: code, on, perEuro, source: 'ECB' });
}

function currencyOf(code: unknown): Currency | undefined {
  const currency = asCurrency(textOf(code));
  return currency === euro ? undefined : currency;
}

/** Above zero, and no longer than a rate is kept: ten digits on each side of the point. */
function perEuroOf(rate: unknown): Decimal | undefined {
  const text = textOf(rate);
  if (!/^\d{1,10}(\.\d{1,10})?$/.test(text) || /^[0.]+$/.test(text)) return undefined;
  const read = parseDecimal(text);
  return read.ok ? read.value : undefined;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const shown = (value: unknown): string => (value === undefined ? 'nothing' : `"${textOf(value).slice(0, 40)}"`);
