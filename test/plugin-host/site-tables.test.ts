import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { plugins } from '../../plugins/index.ts';
import { day } from '../../src/base/calendar-date.ts';
import { money } from '../../src/base/money.ts';
import { compose } from '../../src/plugin-host/compose.ts';
import { withSiteTables } from '../../src/plugin-host/site-tables.ts';
import type { Site, TaxableInvoice } from '../../src/seams/site.ts';
import { composeInstallation } from '../../src/server/composition.ts';
import { aCore, aPlugin, aSite } from '../builders/plugin.ts';

const source = 'Notice to vendors of 2026';
const siteOf = (of: readonly (typeof plugins)[number][], code: string): Site => {
  const site = of.flatMap(({ sites = [] }) => sites).find((one) => one.code === code);
  if (site === undefined) throw new Error(`${code} is installed`);
  return site;
};
/** The site with rows that fit, and as it was before. */
const both = (code: string, tables: object) => {
  const tabled = withSiteTables(plugins, { [code]: tables });
  expect(tabled.problems).toEqual([]);
  return { before: siteOf(plugins, code), after: siteOf(tabled.plugins, code) };
};
const problemsOf = (written: Readonly<Record<string, unknown>>) =>
  withSiteTables(plugins, written).problems.map(({ element, message }) => `${element} | ${message}`);
const answer = <Value>(result: { readonly ok: boolean; readonly value?: Value } | undefined): Value => {
  if (result?.ok !== true || result.value === undefined) throw new Error(JSON.stringify(result));
  return result.value;
};

describe('rows that an operator adds', () => {
  test('J9 · food at 1 % for two years: the law changes, and no code does', () => {
    const { before, after } = both('JP', {
      rates: [
        { key: 'reduced', since: '2027-04-01', rate: '1', category: 'AA', source },
        { key: 'reduced', since: '2029-04-01', rate: '8', category: 'AA', source },
      ],
    });
    const food = (taxPoint: string): TaxableInvoice => ({
      lines: [{ net: money(10_050n, 'JPY'), taxClass: 'reduced' }],
      taxPoint: day(taxPoint),
      shipToCountry: 'JP',
      certificates: [],
    });
    const taxOn = (site: Site, taxPoint: string) => answer(site.tax(food(taxPoint))).taxes.map(({ tax }) => tax.minor);
    expect(taxOn(after, '2027-03-31')).toEqual([804n]);
    expect(taxOn(after, '2027-04-01')).toEqual([100n]);
    expect(taxOn(after, '2029-03-31')).toEqual([100n]);
    expect(taxOn(after, '2029-04-01')).toEqual([804n]);
    expect(taxOn(before, '2027-04-01')).toEqual([804n]);
    // The version tells which rows were read.
    const versions = [before, after].map((site) => answer(site.tax(food('2026-04-01'))).rates);
    expect(versions[0]).not.toBe(versions[1]);
  });

  test('C6 · a day on which banks close after all moves the payday, under another version of the calendar', () => {
    const { before, after } = both('EU', {
      calendar: [{ on: '2026-12-24', is: 'closed', name: 'A day of mourning', source }],
    });
    expect([before, after].map((site) => answer(site.payday(day('2026-12-24'))))).toEqual(['2026-12-24', '2026-12-28']);
    const settled = [before, after].map((site) =>
      answer(
        site.settle?.({
          terms: { text: 'NET 30' },
          freightTerm: 'COLLECT',
          dates: { 'invoice-date': day('2026-11-20'), 'invoice-received': day('2026-11-24') },
        }),
      ),
    );
    expect(settled.map(({ adjusted }) => adjusted)).toEqual(['2026-12-24', '2026-12-28']);
    expect(settled.map(({ calendar }) => calendar.version)).toEqual(['2026.1', expect.stringMatching(/^2026\.1\+/)]);
  });

  test('a clock of one’s own vendor code counts before that of all, and for no other', () => {
    const { after } = both('US', {
      clock: [{ vendorCode: 'LARK1', since: '2026-07-01', base: { kind: 'event', event: 'goods-received' }, source }],
    });
    const due = (vendorCode: string, invoiced: string) =>
      answer(
        after.settle?.({
          terms: { text: 'NET 30' },
          vendorCode,
          freightTerm: 'COLLECT',
          dates: {
            'invoice-date': day(invoiced),
            'invoice-received': day(invoiced),
            'goods-received': day('2026-07-10'),
          },
        }),
      );
    expect(due('LARK1', '2026-07-01')).toMatchObject({ unadjusted: '2026-08-09', clock: { source } });
    expect(due('LARK1', '2026-06-30').unadjusted).toBe('2026-07-30');
    expect(due('HAWT1', '2026-07-01').unadjusted).toBe('2026-07-31');
  });

  test('J7 · J8 · closing day and pay day are an agreement, with the law it is judged by', () => {
    const { before, after } = both('JP', {
      agreements: [
        {
          vendorCode: 'LARKJ',
          since: '2026-01-01',
          source: 'Basic agreement on private label goods',
          terms: {
            base: { kind: 'event', event: 'goods-received' },
            parts: [{ percent: '100', offset: { kind: 'closing', closesOn: 'last', monthsLater: 1, paysOn: 'last' } }],
            roll: 'following',
            legal: { kind: 'jp-two-months', rollAgreedInWriting: true },
          },
        },
      ],
    });
    const question = {
      terms: { text: 'NET 60' },
      vendorCode: 'LARKJ',
      dates: { 'invoice-date': day('2026-07-03'), 'goods-received': day('2026-07-01') },
    };
    expect(answer(before.settle?.(question))).toMatchObject({ unadjusted: '2026-09-01', termsFrom: 'document' });
    expect(answer(after.settle?.(question))).toMatchObject({
      unadjusted: '2026-08-31',
      termsFrom: 'agreement',
      legal: { verdict: 'within', latest: '2026-08-31' },
    });
    expect(answer(after.settle?.(question)).version).not.toBe(answer(before.settle?.(question)).version);
  });

  test('how stated terms are meant can be agreed too: E13 · the other reading, in one country’s law', () => {
    const { before, after } = both('EU', {
      agreements: [
        {
          vendorCode: 'LARKF',
          since: '2026-01-01',
          source: 'Conditions générales 2026',
          monthEnd: 'days-then-month-end',
          legal: { kind: 'fr-45-days-month-end', reading: 'days-then-month-end' },
        },
      ],
    });
    const question = {
      terms: { text: '45 EOM' },
      vendorCode: 'LARKF',
      freightTerm: 'COLLECT' as const,
      country: 'FR',
      dates: { 'invoice-date': day('2026-01-15'), 'invoice-received': day('2026-01-15') },
    };
    expect(answer(before.settle?.(question))).toMatchObject({
      unadjusted: '2026-03-17',
      legal: { verdict: 'exceeds', rule: 'fr-60-days', latest: '2026-03-16', daysOver: 1 },
    });
    expect(answer(after.settle?.(question))).toMatchObject({
      unadjusted: '2026-03-31',
      legal: { verdict: 'within', rule: 'fr-45-days-month-end', latest: '2026-03-31' },
    });
  });
});

describe('rows that do not fit are told before anything starts, all at once, each by its place', () => {
  test('C10 · gaps, overlaps, classes and sites nobody knows, and days that do not exist', () => {
    expect(
      problemsOf({
        XX: {},
        US: {
          rates: [{ key: 'standard', since: '2026-01-01', rate: '5', source }],
          calendar: [
            { on: '2026-07-04', is: 'closed', name: 'A Saturday', source },
            { on: '2099-01-04', is: 'closed', name: 'Far away', source },
          ],
          clock: [
            { since: '2025-01-01', freightTerm: 'COLLECT', base: { kind: 'event', event: 'invoice-date' }, source },
            {
              vendorCode: 'A',
              since: '2026-01-01',
              until: '2026-03-31',
              base: { kind: 'event', event: 'shipped' },
              source,
            },
            { vendorCode: 'A', since: '2026-05-01', base: { kind: 'event', event: 'delivered' }, source },
            {
              vendorCode: 'B',
              since: '2026-05-01',
              until: '2026-04-01',
              base: { kind: 'event', event: 'shipped' },
              source,
            },
          ],
          agreements: [
            {
              since: '2026-01-01',
              source,
              terms: {
                base: { kind: 'event', event: 'invoice-date' },
                parts: [{ percent: '50', offset: { kind: 'days', days: 30 } }],
                roll: 'none',
              },
            },
          ],
        },
        CA: {
          rates: [
            { key: 'HST XX', since: '2026-01-01', rate: '13', source },
            { key: 'HST ON', since: '2010-07-01', rate: '12', source },
            { key: 'GST', since: '2027-01-01', rate: '500', source },
          ],
        },
      }),
    ).toEqual([
      'plugins.siteTables.XX | plugins.siteTables names the site XX, which is not installed.',
      'plugins.siteTables.US.rates | The tables for the site US are wrong at rates: the site US has no table of rates to add to.',
      'plugins.siteTables.US.calendar[0] | The tables for the site US are wrong at calendar[0]: 2026-07-04 cannot be made closed: it is so already, or a weekend.',
      'plugins.siteTables.US.calendar[1] | The tables for the site US are wrong at calendar[1]: the calendar knows the years 2022 to 2032, and not 2099.',
      'plugins.siteTables.US.clock[0] | The tables for the site US are wrong at clock[0]: two rows of its kind are in force on 2025-01-01.',
      'plugins.siteTables.US.clock[2] | The tables for the site US are wrong at clock[2]: no row of its kind is in force from 2026-04-01 to 2026-04-30.',
      'plugins.siteTables.US.clock[3] | The tables for the site US are wrong at clock[3]: its last day is before its first.',
      'plugins.siteTables.US.agreements[0] | The tables for the site US are wrong at agreements[0]: its terms cannot be meant: instalments that do not add up to 100 %.',
      expect.stringContaining(
        'CA.rates[1] | The tables for the site CA are wrong at rates[1]: two rows of its kind are in force on 2010-07-01',
      ),
      expect.stringContaining(
        'CA.rates[0] | The tables for the site CA are wrong at rates[0]: there is no class "HST XX", only "GST", ',
      ),
      expect.stringContaining(
        'CA.rates[2] | The tables for the site CA are wrong at rates[2]: 500 per cent is no rate of a tax.',
      ),
    ]);
  });

  test('what cannot be read at all, by its member', () => {
    expect(
      problemsOf({
        JP: {
          rates: [{ key: 'reduced', since: '2027-02-30', rate: 1, source: '' }],
          clock: [{ since: '2027-01-01', base: { kind: 'sometime' }, source }],
          agrements: [],
        },
        EU: 'soon',
      }),
    ).toEqual([
      expect.stringContaining('EU | The tables for the site EU are wrong: write tables'),
      expect.stringContaining(
        'JP.rates[0].rate | The tables for the site JP are wrong at rates[0].rate: write an exact number as text',
      ),
      expect.stringContaining(
        'JP.rates[0].since | The tables for the site JP are wrong at rates[0].since: write a day that exists',
      ),
      expect.stringContaining(
        'JP.rates[0].source | The tables for the site JP are wrong at rates[0].source: write who says so',
      ),
      expect.stringContaining('JP.clock[0].base'),
      expect.stringContaining('JP | The tables for the site JP are wrong: Unrecognized key: "agrements"'),
    ]);
  });

  test('a site that takes no rows says so, and nothing is composed', () => {
    const composed = compose(aCore(), [aPlugin('site-xx', { sites: [aSite('XX')] })], {
      config: {},
      siteTables: { XX: { rates: [] } },
    });
    expect(composed).toEqual({
      ok: false,
      refusal: [
        {
          code: 'SITE_TABLE_INVALID',
          plugin: 'site-xx',
          element: 'plugins.siteTables.XX',
          message: 'The tables for the site XX are wrong: the site XX takes no rows.',
          cure: 'Correct plugins.siteTables.XX.',
        },
      ],
    });
  });

  test('the rows that the documentation shows fit', () => {
    const guide = readFileSync(new URL('../../plugins/sites/README.md', import.meta.url), 'utf8');
    const shown = /^```json\n([\s\S]*?)^```$/m.exec(guide)?.[1] ?? '';
    expect(Object.keys(JSON.parse(shown))).toEqual(['JP', 'EU', 'US']);
    expect(problemsOf(JSON.parse(shown))).toEqual([]);
  });

  test('rows may stand in a file beside the configuration', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'acorn-tables-'));
    try {
      const tables = { EU: { calendar: [{ on: '2026-12-24', is: 'closed', name: 'Mourning', source }] } };
      writeFileSync(join(folder, 'site-tables.json'), JSON.stringify(tables));
      const { sites } = await composeInstallation({ siteTables: './site-tables.json' }, folder);
      const eu = answer(sites.of('EU'));
      expect(answer(eu.payday(day('2026-12-24')))).toBe('2026-12-28');
      await expect(composeInstallation({ siteTables: 'gone.json' }, folder)).rejects.toThrow(
        'plugins.siteTables names gone.json, which cannot be read',
      );
      writeFileSync(join(folder, 'site-tables.json'), '{"EU": {"clock": 3}}');
      await expect(composeInstallation({ siteTables: 'site-tables.json' }, folder)).rejects.toThrow(
        'The tables for the site EU are wrong at clock: write a list of rows.',
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
