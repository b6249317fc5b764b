import { describe, expect, test } from 'vitest';
import { plugins } from '../../../plugins/index.ts';
import { day } from '../../../src/base/calendar-date.ts';
import type { Currency } from '../../../src/base/currency.ts';
import { decimal } from '../../../src/base/decimal.ts';
import { eaches } from '../../../src/base/eaches.ts';
import { money } from '../../../src/base/money.ts';
import type { DraftLine, InvoiceDraft } from '../../../src/seams/preview/draft.ts';
import { type InvoicePreview, previewInvoice } from '../../../src/seams/preview/preview.ts';
import type { Site } from '../../../src/seams/site.ts';

const siteOf = (code: string): Site => {
  const found = plugins.flatMap(({ sites = [] }) => sites).find((site) => site.code === code);
  if (found === undefined) throw new Error(`no site ${code}`);
  return found;
};

const cad = 'CAD' as Currency;
const line = (minor: bigint, currency: Currency, changes: Partial<DraftLine> = {}): DraftLine => ({
  amount: money(minor, currency),
  taxClass: 'standard',
  freight: false,
  ...changes,
});
/** An invoice in Alberta, where only GST is charged. */
const inCanada = (minor: bigint, changes: Partial<InvoiceDraft> = {}): InvoiceDraft => ({
  kind: 'invoice',
  currency: cad,
  issuedOn: day('2026-11-23'),
  suppliedOn: day('2026-11-20'),
  shipTo: { country: 'CA', region: 'AB' },
  lines: [line(minor, cad, { taxClass: 'zero-rated' })],
  ...changes,
});

const missing = ({ required }: InvoicePreview): string[] => required.flatMap((one) => one.missing);
const fields = ({ required }: InvoicePreview): string[] => required.map(({ field }) => field);

describe('A5 · what must stand on an invoice in Canada depends on its total', () => {
  const small = ['supplier.name', 'issuedOn'];
  const middling = [...small, 'tax.total', 'tax.lines', 'supplier.registrations'];
  const large = [...middling, 'buyer.name', 'lines.description', 'terms'];

  test.each([
    [9999n, small],
    [10000n, middling],
    [49999n, middling],
    [50000n, large],
    [-50000n, large],
  ])('a total of %s cents', (minor, wanted) => {
    expect(fields(previewInvoice(inCanada(minor), siteOf('CA')))).toEqual(wanted);
  });

  test('until 19 April 2021 the limits were 30 and 150', () => {
    const earlier = (minor: bigint) =>
      fields(previewInvoice(inCanada(minor, { suppliedOn: day('2021-04-19') }), siteOf('CA')));
    expect(earlier(2999n)).toEqual(small);
    expect(earlier(3000n)).toEqual(middling);
    expect(earlier(15000n)).toEqual(large);
    const later = (minor: bigint) =>
      fields(previewInvoice(inCanada(minor, { suppliedOn: day('2021-04-20') }), siteOf('CA')));
    expect(later(9999n)).toEqual(small);
  });

  test('the total counts with its tax: 95.24 and GST are 100.00', () => {
    const taxed = inCanada(9524n, { lines: [line(9524n, cad)] });
    const preview = previewInvoice(taxed, siteOf('CA'));
    expect(preview.total).toEqual(money(10000n, cad));
    expect(fields(preview)).toEqual(middling);
  });

  test('what is there is not missed, and each line has to have its own', () => {
    const whole = inCanada(50000n, {
      supplier: { name: 'Larkfield' },
      buyer: { name: 'Amazon.com.ca ULC' },
      profile: { registrations: [{ scheme: 'CA-GST', number: '812394419RT0001' }] },
      terms: { text: 'NET60' },
      lines: [line(25000n, cad, { description: 'Kettle' }), line(25000n, cad)],
    });
    expect(missing(previewInvoice(whole, siteOf('CA')))).toEqual(['lines[1].description']);
  });

  test('a registration that has ended is not one', () => {
    const ended = { scheme: 'CA-GST', number: '812394419RT0001', validUntil: day('2026-11-19') };
    const preview = previewInvoice(inCanada(10000n, { profile: { registrations: [ended] } }), siteOf('CA'));
    expect(missing(preview)).toContain('supplier.registrations');
  });
});

test('every requirement names who says so', () => {
  for (const { code, requirements = [] } of plugins.flatMap(({ sites = [] }) => sites)) {
    expect({ code, rows: requirements.length > 0 }).toEqual({ code, rows: true });
    expect(requirements.filter(({ source }) => source.trim() === '')).toEqual([]);
  }
});

describe('the European Union', () => {
  const eur = 'EUR' as Currency;
  const kettle: InvoiceDraft = {
    kind: 'invoice',
    currency: eur,
    issuedOn: day('2026-11-23'),
    shipFrom: { country: 'DE' },
    shipTo: { country: 'DE' },
    profile: { establishedIn: 'DE', registrations: [{ scheme: 'EU-VAT', number: 'DE290314572' }] },
    lines: [line(33n, eur), line(33n, eur), line(33n, eur)],
  };

  test('C2 · E11 · lines in, one rounded group out, and the total with it', () => {
    const preview = previewInvoice(kettle, siteOf('EU'));
    expect(preview).toMatchObject({ taxPointFrom: 'INVOICE_DATE', blocking: [] });
    expect([preview.net?.minor, preview.tax?.minor, preview.total?.minor]).toEqual([99n, 19n, 118n]);
    expect(missing(preview)).toContain('suppliedOn');
  });

  test('with prices that include it, the total stands and the net is what is left', () => {
    const profile = { ...kettle.profile, priceBasis: 'gross' as const };
    const gross: InvoiceDraft = { ...kettle, profile, lines: [line(11900n, eur)] };
    const preview = previewInvoice(gross, siteOf('EU'));
    expect([preview.net?.minor, preview.tax?.minor, preview.total?.minor]).toEqual([10000n, 1900n, 11900n]);
  });

  test('E5 · without the buyer’s number goods to another state are blocked, and nothing is taken for zero', () => {
    const preview = previewInvoice({ ...kettle, shipTo: { country: 'FR' } }, siteOf('EU'));
    expect(preview).not.toHaveProperty('tax');
    expect(preview).not.toHaveProperty('total');
    expect(preview.blocking).toMatchObject([{ refusal: { problem: 'BUYER_VAT_ID_MISSING' } }]);
  });

  test('what nobody has said is told by its place in the draft', () => {
    const { shipFrom: _shipFrom, ...nowhere } = kettle;
    expect(previewInvoice(nowhere, siteOf('EU')).blocking).toMatchObject([{ about: ['shipFrom.country'] }]);
    const unclassed: InvoiceDraft = { ...kettle, lines: [line(33n, eur), line(33n, eur, { taxClass: 'caviar' })] };
    expect(previewInvoice(unclassed, siteOf('EU')).blocking).toMatchObject([
      { refusal: { code: 'TAX_CLASS_UNKNOWN' }, about: ['lines[1].taxClass'] },
    ]);
    const { issuedOn: _issuedOn, ...never } = kettle;
    expect(previewInvoice(never, siteOf('EU')).blocking).toMatchObject([{ about: ['suppliedOn'] }]);
  });
});

describe('days', () => {
  const usd = 'USD' as Currency;
  const american: InvoiceDraft = {
    kind: 'invoice',
    currency: usd,
    issuedOn: day('2026-11-06'),
    shipTo: { country: 'US', region: 'AZ' },
    dates: { 'invoice-received': day('2026-11-06'), 'goods-received': day('2026-11-05') },
    freightTerm: 'PREPAID',
    terms: { text: 'Basic', netDueDays: 30, discountPercent: decimal('2'), discountDueDays: 10 },
    lines: [line(100000n, usd), line(5000n, usd, { freight: true })],
  };

  test('U2 · due on a Sunday it is paid on Monday, and the discount leaves out the freight', () => {
    const { settlement } = previewInvoice(american, siteOf('US'));
    expect(settlement).toMatchObject({ unadjusted: '2026-12-06', adjusted: '2026-12-07' });
    expect(settlement?.discount).toMatchObject({ adjusted: '2026-11-16', amount: money(2000n, usd) });
    expect(settlement?.explanation.length).toBeGreaterThan(2);
  });

  test('a day that nobody has told is asked for by its place, and the tax is answered all the same', () => {
    const { dates: _dates, ...undated } = american;
    const preview = previewInvoice(undated, siteOf('US'));
    expect(preview).not.toHaveProperty('settlement');
    expect(preview.warnings).toContainEqual({
      refusal: { code: 'TERM_DATE_MISSING', event: expect.any(String) },
      about: [expect.stringMatching(/^dates\./)],
    });
    expect(preview.tax).toEqual(money(0n, usd));
  });

  test('E13 · terms beyond a legal limit are told and not moved', () => {
    const french: InvoiceDraft = {
      kind: 'invoice',
      currency: 'EUR' as Currency,
      issuedOn: day('2026-11-23'),
      shipTo: { country: 'FR' },
      dates: { 'invoice-received': day('2026-11-23'), 'goods-received': day('2026-11-23') },
      freightTerm: 'PREPAID',
      terms: { text: 'NET90' },
      lines: [line(100n, 'EUR' as Currency)],
    };
    const { settlement, warnings } = previewInvoice(french, siteOf('EU'));
    expect(settlement?.unadjusted).toBe('2027-02-21');
    expect(warnings).toContainEqual(
      expect.objectContaining({ warning: expect.objectContaining({ code: 'DUE_DATE_BEYOND_LIMIT' }) }),
    );
  });
});

test('an amount that is not its quantity at its unit cost is told, whatever the site', () => {
  const odd = line(12345n, cad, { quantity: eaches(10), unitCost: { cost: decimal('12.344'), currency: cad } });
  const { warnings } = previewInvoice(inCanada(0n, { lines: [odd] }), siteOf('CA'));
  expect(warnings).toContainEqual({
    warning: { code: 'LINE_AMOUNT_DIFFERS', message: '10 at 12.344 is 123.44, and not 123.45.' },
    about: ['lines[0].net'],
  });
});

test('C3 · a credit note is the exact negative of its invoice', () => {
  const amounts = (minor: bigint, kind: InvoiceDraft['kind']) => {
    const { net, tax, total } = previewInvoice(inCanada(0n, { kind, lines: [line(minor, cad)] }), siteOf('CA'));
    return [net?.minor, tax?.minor, total?.minor];
  };
  expect(amounts(-1010n, 'credit-note')).toEqual(amounts(1010n, 'invoice').map((minor) => -(minor ?? 0n)));
});

test('J2 · an unregistered supplier writes no qualified invoice, and its number is missed', () => {
  const yen = 'JPY' as Currency;
  const draft: InvoiceDraft = {
    kind: 'invoice',
    currency: yen,
    suppliedOn: day('2026-11-20'),
    shipTo: { country: 'JP' },
    profile: { registrations: [] },
    lines: [line(1000n, yen)],
  };
  const preview = previewInvoice(draft, siteOf('JP'));
  expect(preview.answer?.document).toBe('invoice');
  expect(missing(preview)).toContain('supplier.registrations');
});
