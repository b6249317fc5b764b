import { decimal, type GoldenCase } from 'acorn/plugin';
import { vatLaws } from '../vat-laws.ts';
import { answered, type Group, invoice, line, refused, registeredIn, seller, vatIds } from './cases.ts';

const rounding = 'EN 16931-1, rules BR-CO-17 and BR-S-08: one rounding per category and rate';
const currency = 'Directive 2006/112/EC, articles 91 and 230: VAT in the currency of the state; BT-6 and BT-111';
const germany = { facts: ['supplier'], required: [seller('DE')] } as const;
const standard = (base: bigint, tax: bigint): Group => ({ kind: 'vat', place: 'DE', rate: '19', base, tax });
const sweden = invoice({
  shipFromCountry: 'SE',
  shipToCountry: 'SE',
  supplier: registeredIn('SE', 'SE'),
});
const ecb = { currency: 'SEK', rate: decimal('11.2345'), source: 'ECB, 2026-11-02' };
const exemptionToBeNamed = {
  code: 'EXEMPTION_TO_BE_NAMED',
  message: 'Which provision exempts these goods is not known here: name it on the document.',
};

/** Zero-rated goods within a state. */
const zeroRated = (name: string, state: 'IE' | 'MT' | 'XI', currency: string) =>
  answered(
    name,
    vatLaws[state] ?? '',
    invoice({
      lines: [line(100_00n, 'zero', currency)],
      shipFromCountry: state,
      shipToCountry: state,
      supplier: registeredIn(state, state),
    }),
    {
      groups: [{ kind: 'zero', place: state, base: 100_00n, currency }],
      facts: ['supplier'],
      required: [seller(state)],
    },
  );

/** Goods within one state, from a supplier that is established there. */
export const domestic: readonly GoldenCase[] = [
  answered(
    'C2 · three lines of 0.33 at 19 % bear 0.19',
    rounding,
    invoice({ lines: [line(33n), line(33n), line(33n)] }),
    {
      ...germany,
      groups: [standard(99n, 19n)],
    },
  ),
  answered('C1 · 0.50 at 19 % is 0.10, half a cent away from zero', rounding, invoice({ lines: [line(50n)] }), {
    ...germany,
    groups: [standard(50n, 10n)],
  }),
  answered('C3 · and a negative line takes as much back', rounding, invoice({ lines: [line(-50n)] }), {
    ...germany,
    groups: [standard(-50n, -10n)],
  }),
  answered(
    'C3 · a credit note mirrors its invoice to the cent',
    rounding,
    invoice({ lines: [line(-33n), line(-33n), line(-33n)], kind: 'credit-note' }),
    { ...germany, facts: ['supplier', 'kind'], groups: [standard(-99n, -19n)], document: 'credit-note' },
  ),
  answered(
    'C2 · two rates, each rounded once',
    rounding,
    invoice({ lines: [line(10_05n), line(10_09n, 'reduced'), line(1_01n)] }),
    {
      ...germany,
      groups: [{ kind: 'vat', place: 'DE', rate: '7', base: 10_09n, tax: 71n }, standard(11_06n, 2_10n)],
      lines: [1, 0, 1],
    },
  ),
  answered(
    'C3 · a return beside a sale: the group is what is left',
    rounding,
    invoice({ lines: [line(100_00n), line(-40_00n)] }),
    { ...germany, groups: [standard(60_00n, 11_40n)] },
  ),
  answered(
    'E11 · rates that are equal meet, whatever the class is called',
    rounding,
    invoice({
      lines: [line(100_00n, 'reduced'), line(50_00n, 'staple-food')],
      shipFromCountry: 'LV',
      shipToCountry: 'LV',
      supplier: registeredIn('LV', 'LV'),
    }),
    {
      groups: [{ kind: 'vat', place: 'LV', rate: '12', base: 150_00n, tax: 18_00n }],
      facts: ['supplier'],
      required: [seller('LV')],
    },
  ),
  zeroRated('E11 · Z for zero-rated goods in Ireland: taxable, at nothing', 'IE', 'EUR'),
  zeroRated('E11 · Z in Malta', 'MT', 'EUR'),
  zeroRated('E11 · Z in Northern Ireland', 'XI', 'GBP'),
  answered(
    'E11 · zero-rated, exempt and out of scope are all 0 and stay three groups',
    'EN 16931-1, rules BR-Z, BR-E and BR-O: one breakdown per category',
    invoice({
      lines: [line(10_00n, 'zero'), line(20_00n, 'exempt'), line(30_00n, 'out-of-scope'), line(40_00n)],
      shipFromCountry: 'IE',
      shipToCountry: 'IE',
      supplier: registeredIn('IE', 'IE'),
    }),
    {
      groups: [
        { kind: 'exempt', place: 'IE', base: 20_00n },
        { kind: 'out-of-scope', place: 'EU', base: 30_00n },
        { kind: 'vat', place: 'IE', rate: '23', base: 40_00n, tax: 9_20n },
        { kind: 'zero', place: 'IE', base: 10_00n },
      ],
      lines: [3, 0, 1, 2],
      facts: ['supplier'],
      required: [seller('IE')],
      warnings: [
        exemptionToBeNamed,
        {
          code: 'OUT_OF_SCOPE_BESIDE_OTHERS',
          message: 'EN 16931 has no document with category O beside another: invoice what is not subject to VAT apart.',
        },
      ],
    },
  ),
  answered(
    'E11 · exempt goods name no rate, and want their provision named',
    rounding,
    invoice({ lines: [line(5_00n, 'exempt')] }),
    {
      ...germany,
      groups: [{ kind: 'exempt', place: 'DE', base: 5_00n }],
      warnings: [exemptionToBeNamed],
    },
  ),
  answered(
    'C2 · prices that include VAT: 119.00 hold 19.00',
    'Directive 2006/112/EC, article 78; 119 × 19 ÷ 119',
    invoice({ lines: [line(119_00n)], priceBasis: 'gross' }),
    { ...germany, facts: ['supplier', 'priceBasis'], groups: [standard(100_00n, 19_00n)] },
  ),
  answered(
    'E7 · a euro invoice in Sweden states its VAT in kronor, converted before it is rounded',
    currency,
    { ...sweden, lines: [line(99_99n)], taxCurrency: ecb as never },
    {
      groups: [
        {
          kind: 'vat',
          place: 'SE',
          rate: '25',
          base: 99_99n,
          tax: 25_00n,
          // 99.99 × 11.2345 = 1123.337655; a quarter of that is 280.83441375. From 25.00 it would be 280.86.
          inTaxCurrency: { base: 1123_34n, tax: 280_83n, currency: 'SEK', source: 'ECB, 2026-11-02' },
        },
      ],
      facts: ['supplier', 'taxCurrency'],
      required: [seller('SE'), { term: 'BT-6', value: 'SEK' }],
    },
  ),
  refused('E7 · without a rate it is refused', currency, sweden, {
    code: 'NOT_ENOUGH_KNOWN',
    site: 'EU',
    missing: 'the exchange rate at which its VAT is stated in SEK',
    facts: ['taxCurrency'],
  }),
  refused(
    'E7 · nor does the rate of another currency help',
    currency,
    { ...sweden, taxCurrency: { ...ecb, currency: 'PLN' } as never },
    {
      code: 'NOT_ENOUGH_KNOWN',
      site: 'EU',
      missing: 'the exchange rate at which its VAT is stated in SEK',
      facts: ['taxCurrency'],
    },
  ),
  answered(
    'E7 · where no VAT is charged there is none to state',
    currency,
    { ...sweden, shipToCountry: 'FR', buyerTaxId: vatIds.FR },
    {
      groups: [{ kind: 'intra-community', place: 'SE', base: 100_00n }],
      facts: ['supplier', 'buyerTaxId'],
      required: [
        seller('SE'),
        { term: 'BT-48', value: vatIds.FR },
        { term: 'BT-72', value: '2026-11-02' },
        { term: 'BT-80', value: 'FR' },
      ],
    },
  ),
  answered(
    'E7 · Bulgaria wants euro from 2026',
    'Council of the European Union, adoption of the euro by Bulgaria on 1 January 2026',
    invoice({ shipFromCountry: 'BG', shipToCountry: 'BG', supplier: registeredIn('BG', 'BG') }),
    {
      groups: [{ kind: 'vat', place: 'BG', rate: '20', base: 100_00n, tax: 20_00n }],
      facts: ['supplier'],
      required: [seller('BG')],
    },
  ),
  answered(
    'E6 · a document that the buyer writes says so',
    'Directive 2006/112/EC, articles 224 and 226, point 10a',
    invoice({ issuer: 'buyer' }),
    {
      ...germany,
      facts: ['supplier', 'issuer'],
      groups: [standard(100_00n, 19_00n)],
      document: 'self-billed-invoice',
      selfBilled: true,
    },
  ),
  answered(
    'E6 · and so does a credit note that the buyer writes',
    'Directive 2006/112/EC, articles 219, 224 and 226, point 10a',
    invoice({ issuer: 'buyer', kind: 'credit-note', lines: [line(-100_00n)] }),
    {
      ...germany,
      facts: ['supplier', 'kind', 'issuer'],
      groups: [standard(-100_00n, -19_00n)],
      document: 'self-billed-credit-note',
      selfBilled: true,
    },
  ),
  answered(
    'C10 · a supplier of whom only one registration is known is taken to be established there',
    'Directive 2006/112/EC, articles 192a and 193',
    invoice({ supplier: registeredIn(undefined, 'DE') }),
    { ...germany, groups: [standard(100_00n, 19_00n)] },
  ),
];
