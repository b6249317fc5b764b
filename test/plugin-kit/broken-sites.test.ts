import { expect, test } from 'vitest';
import gb from '../../examples/plugin-gb/index.ts';
import { addDays, type CalendarDate, day } from '../../src/base/calendar-date.ts';
import { decimal } from '../../src/base/decimal.ts';
import { add, money } from '../../src/base/money.ts';
import { yes } from '../../src/base/result.ts';
import { paydayFindings } from '../../src/seams/laws/payday.ts';
import { placeFindings } from '../../src/seams/laws/place.ts';
import { siteFindings } from '../../src/seams/laws/site.ts';
import { taxFindings } from '../../src/seams/laws/tax.ts';
import type { Site, TaxAnswer, TaxableInvoice } from '../../src/seams/site.ts';

const [good] = gb.sites ?? [];
if (good === undefined) throw new Error('Great Britain is a site');

/** The tax of a good site, changed. */
const tax = (change: (answer: TaxAnswer, invoice: TaxableInvoice) => TaxAnswer): Partial<Site> => ({
  tax: (invoice) => {
    const answer = good.tax(invoice);
    return answer.ok ? yes(change(answer.value, invoice)) : answer;
  },
});
const payday = (change: (due: CalendarDate, payday: CalendarDate) => CalendarDate): Partial<Site> => ({
  payday: (due) => {
    const answer = good.payday(due);
    return answer.ok ? yes(change(due, answer.value)) : answer;
  },
});
const plusPenny = (answer: TaxAnswer, when: (taxMinor: bigint) => boolean): TaxAnswer => ({
  ...answer,
  taxes: answer.taxes.map((line) =>
    when(line.tax.minor) ? { ...line, tax: add(line.tax, money(1n, line.tax.currency)) } : line,
  ),
});
let calls = 0;

const ways: readonly (readonly [law: string, what: string, change: Partial<Site>])[] = [
  [
    'S1',
    'a zone that is not there',
    { marketplaces: good.marketplaces.map((one) => ({ ...one, timeZone: 'Europe/Atlantis' })) },
  ],
  ['S1', 'a store twice', { marketplaces: [...good.marketplaces, ...good.marketplaces] }],
  [
    'S2',
    'a throw',
    {
      tax: () => {
        throw new TypeError('rates is undefined');
      },
    },
  ],
  [
    'S2',
    'amounts as binary fractions',
    tax((answer) => ({
      ...answer,
      taxes: answer.taxes.map((line) => ({ ...line, tax: { ...line.tax, minor: 0.2 as never } })),
    })),
  ],
  [
    'S2',
    'sorting what it was handed',
    {
      tax: (invoice) => {
        (invoice.lines as unknown[]).sort();
        return good.tax(invoice);
      },
    },
  ],
  [
    'S3',
    'refusing the ordinary',
    { tax: () => ({ ok: false, refusal: { code: 'TAX_CLASS_UNKNOWN', taxClass: 'standard', known: [] } }) },
  ],
  ['S4', 'counting its calls', tax((answer) => ({ ...answer, rule: `gb/vat-${calls++}` }))],
  [
    'S5',
    'looking at the first line',
    tax((answer, { lines }) => ({ ...answer, rule: `gb/${lines[0]?.taxClass ?? 'none'}` })),
  ],
  ['S6', 'today’s clock', tax((answer) => (Date.now() > 0 ? answer : { ...answer, taxes: [] }))],
  ['S7', 'a line left out', { tax: (invoice) => good.tax({ ...invoice, lines: invoice.lines.slice(1) }) }],
  ['S8', 'rounding per line', tax((answer, { lines }) => plusPenny(answer, () => lines.length > 5))],
  [
    'S9',
    'a rate that is not the tax’s',
    tax((answer) => ({ ...answer, taxes: answer.taxes.map((line) => ({ ...line, rate: decimal('21') })) })),
  ],
  [
    'S10',
    'rounding up only what is positive',
    tax((answer) => plusPenny(answer, (minor) => minor > 0n && minor % 2n === 1n)),
  ],
  ['S11', 'a silent zero', tax((answer) => ({ ...answer, taxes: [] }))],
  [
    'S12',
    'a standard rate for whatever',
    {
      tax: (invoice) =>
        good.tax({ ...invoice, lines: invoice.lines.map((line) => ({ ...line, taxClass: 'standard' })) }),
    },
  ],
  ['S13', 'one rate for ever', { tax: (invoice) => good.tax({ ...invoice, taxPoint: day('2026-01-01') }) }],
  ['S20', 'a fact that is not told', tax((answer) => ({ ...answer, facts: [] }))],
  [
    'S20',
    'a look at what is not among its facts',
    tax((answer, { certificates }) => (certificates.length > 0 ? answer : { ...answer, document: 'resale' })),
  ],
  [
    'S21',
    'an exemption without a reason',
    tax((answer) => ({
      ...answer,
      taxes: answer.taxes.map((line) => ({ ...line, category: 'E', rate: decimal('0') })),
    })),
  ],
  [
    'S22',
    'a line that bears nothing',
    tax((answer) => ({ ...answer, lines: answer.lines?.slice(1).concat([[]]) ?? [] })),
  ],
  ['S22', 'a line too few', tax((answer) => ({ ...answer, lines: answer.lines?.slice(1) ?? [] }))],
  [
    'S14',
    'a day without a payday',
    {
      payday: (due) =>
        due === '2020-02-29'
          ? { ok: false, refusal: { code: 'NOT_ANSWERED_YET', site: 'GB', question: 'leap days' } }
          : good.payday(due),
    },
  ],
  ['S15', 'paying on the day before', payday((_due, paid) => addDays(paid, -1))],
  ['S15', 'paying a month late', payday((_due, paid) => addDays(paid, 30))],
  ['S16', 'rolling what is open', payday((_due, paid) => (paid.endsWith('-15') ? addDays(paid, 1) : paid))],
  ['S17', 'jumping back', payday((due, paid) => (due.endsWith('-10') ? addDays(paid, 9) : paid))],
  ['S18', 'an open end', { payday: (due) => (due > '2027-12-31' ? yes(due) : good.payday(due)) }],
  ['S19', 'a random payday', payday((_due, paid) => (Math.random() > 2 ? addDays(paid, 1) : paid))],
];

/** So that certificates are generated. */
const withCertificate = {
  rule: 'tax' as const,
  name: 'a certificate',
  site: 'GB',
  input: {
    lines: [{ net: money(100n, 'GBP'), taxClass: 'standard' }],
    taxPoint: day('2026-11-23'),
    shipToCountry: 'GB',
    certificates: [{ kind: 'resale' }],
  },
  answer: yes({}),
};
const numberOf = (law: string): number => Number(law.slice(1));

test.each(ways)('%s catches %s', (law, _what, change) => {
  const site = { ...good, ...change };
  // Only the laws of the rule in question: a whole calendar for each tax law would be minutes.
  const findings =
    numberOf(law) === 1
      ? placeFindings(site)
      : numberOf(law) < 14 || numberOf(law) >= 20
        ? taxFindings(site, law === 'S20' ? [withCertificate] : [], day('2026-11-23'), { runs: 120, seed: 7 })
        : paydayFindings(site, day('2026-11-23'));
  const found = findings.find(({ number }) => number === law);
  expect(found).toMatchObject({ verdict: 'broken', of: 'GB' });
  expect(found?.because?.length).toBeGreaterThan(20);
});

test('every law of sites is broken by something above', () => {
  const numbers = siteFindings({ id: 'site-gb', sites: [good] }, day('2026-11-23'), { runs: 1, seed: 7 }).map(
    ({ number }) => number,
  );
  expect([...new Set(ways.map(([law]) => law))]).toEqual(numbers.filter((number) => number.startsWith('S')));
});

test('a golden case with another answer shows both; a broken law shows its smallest case', () => {
  const golden = [
    {
      rule: 'payday' as const,
      name: 'New Year is open',
      site: 'GB',
      input: day('2026-01-01'),
      answer: yes(day('2026-01-01')),
    },
  ];
  const [found] = siteFindings({ id: 'site-gb', sites: [good], golden }, day('2026-11-23'), {
    runs: 1,
    seed: 7,
  }).filter(({ number }) => number === 'G1');
  expect(found).toEqual({
    number: 'G1',
    says: 'Golden: New Year is open.',
    of: 'site-gb',
    verdict: 'broken',
    because: 'it answers {"ok":true,"value":"2026-01-02"}, and not {"ok":true,"value":"2026-01-01"}',
  });
  const mirror = siteFindings(
    { id: 'site-gb', sites: [{ ...good, ...ways.find(([law]) => law === 'S11')?.[2] }] },
    day('2026-11-23'),
  ).find(({ number }) => number === 'S11');
  expect(mirror?.because).toContain(
    'bears no tax, and neither a rate of zero nor a warning nor a sentence says so; found with {"certificates":[]',
  );
});
