import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import gb from '../../../examples/plugin-gb/index.ts';
import ca from '../../../plugins/sites/ca/index.ts';
import eu from '../../../plugins/sites/eu/index.ts';
import jp from '../../../plugins/sites/jp/index.ts';
import us from '../../../plugins/sites/us/index.ts';
import { day } from '../../../src/base/calendar-date.ts';
import { invoicesOf, vocabularyOf } from '../../../src/seams/laws/invoices.ts';
import { taxFindings } from '../../../src/seams/laws/tax.ts';
import type { Plugin } from '../../../src/seams/plugin.ts';
import type { Site, TaxableInvoice } from '../../../src/seams/site.ts';

const asOf = day('2026-11-23');
const siteOf = ({ id, sites = [] }: Plugin): Site => {
  const [site] = sites;
  if (site === undefined) throw new Error(`${id} brings a site`);
  return site;
};

describe.each([us, ca, eu, jp, gb])('$id', (plugin) => {
  const { golden = [] } = plugin;
  const site = siteOf(plugin);
  const generated = fc.sample(invoicesOf(vocabularyOf(site, golden, asOf)), { numRuns: 3000, seed: 20_261_123 });
  const answers = generated.flatMap((invoice) => {
    const answer = site.tax(invoice);
    return answer.ok ? [answer.value] : [];
  });

  test('keeps the laws of tax, and none by waiting', () => {
    const laws = taxFindings(site, golden, asOf, { runs: 150, seed: 7 });
    expect(laws.map(({ number }) => number)).toEqual([
      ...['S2', 'S3', 'S4', 'S5', 'S6', 'S7', 'S8', 'S9', 'S10', 'S11', 'S12', 'S13', 'S20', 'S21', 'S22'],
    ]);
    expect(laws.filter(({ verdict }) => verdict !== 'kept')).toEqual([]);
  });

  test('answers at least a fifth of the generated invoices, each with its trace', () => {
    expect(answers.length).toBeGreaterThan(generated.length / 5);
    expect(answers.filter(({ facts, lines }) => facts === undefined || lines === undefined)).toEqual([]);
  });

  test('generated invoices reach every category that its golden cases have', () => {
    const categories = (of: readonly { readonly taxes: readonly { readonly category?: string }[] }[]) =>
      [...new Set(of.flatMap(({ taxes }) => taxes.map(({ category }) => category)))].sort();
    const expected = golden
      .filter(({ rule }) => rule === 'tax')
      .flatMap(({ input }) => {
        const answer = site.tax(input as TaxableInvoice);
        return answer.ok ? [answer.value] : [];
      });
    expect(categories(answers)).toEqual(categories(expected));
    if (site.code === 'EU') expect(categories(answers)).toEqual(['AE', 'E', 'G', 'K', 'O', 'S', 'Z']);
  });
});

test.each([
  { plugin: eu, enough: 60 },
  { plugin: jp, enough: 45 },
  { plugin: ca, enough: 30 },
  { plugin: us, enough: 30 },
])(
  'golden cases of $plugin.id: enough, each with a requirement, a name of its own and a source',
  ({ plugin, enough }) => {
    const cases = (plugin.golden ?? []).filter(({ rule }) => rule === 'tax');
    expect(cases.length).toBeGreaterThanOrEqual(enough);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    expect(cases.filter(({ source = '' }) => source.trim() === '')).toEqual([]);
    expect(cases.map(({ name }) => name).filter((name) => !/^[A-Z]\d+ · /.test(name))).toEqual([]);
  },
);
