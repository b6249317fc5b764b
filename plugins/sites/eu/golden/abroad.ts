import { day, type GoldenCase } from 'acorn/plugin';
import { vatLaws } from '../vat-laws.ts';
import { answered, blocked, invoice, line, refused, registeredIn, seller, vatIds } from './cases.ts';

const territory = 'Directive 2006/112/EC, article 6: territories where it does not apply';
const export146 = 'Directive 2006/112/EC, article 146(1); EN 16931-1, rules BR-G';
const place = 'Directive 2006/112/EC, articles 31 and 32';
const regional = 'Directive 2006/112/EC, article 105';

const exported = (name: string, source: string, country: string, region?: string) =>
  answered(
    name,
    source,
    invoice({ shipToCountry: country, ...(region === undefined ? {} : { shipToRegion: region }) }),
    { groups: [{ kind: 'export', place: 'DE', base: 100_00n }], facts: ['supplier'], required: [seller('DE')] },
  );
const regionally = (
  name: string,
  region: string,
  rate: string,
  tax: bigint,
  taxClass = 'standard',
  on = '2026-11-02',
) =>
  answered(
    name,
    regional,
    invoice({
      lines: [line(100_00n, taxClass)],
      taxPoint: day(on),
      shipFromCountry: 'PT',
      shipFromRegion: region,
      shipToCountry: 'PT',
      supplier: registeredIn('PT', 'PT'),
    }),
    {
      groups: [{ kind: 'vat', place: region.replace('AC', '20').replace('MA', '30'), rate, base: 100_00n, tax }],
      facts: ['supplier'],
      required: [seller('PT')],
    },
  );
const irishSea =
  'Between Northern Ireland and Great Britain the VAT of the United Kingdom decides, and not this site: invoice it there.';

const nothingKnown = {
  lines: [line(100_00n)],
  taxPoint: day('2026-11-02'),
  shipToCountry: 'DE',
  certificates: [],
};

/** Goods across the border of the Union, and in its parts with rules of their own. */
export const abroad: readonly GoldenCase[] = [
  exported('E5 · G for goods to the United States', export146, 'US'),
  exported('E5 · G for goods to Great Britain', export146, 'GB'),
  exported('E5 · G for goods to Switzerland', export146, 'CH'),
  exported('E5 · G for goods to the Canary Islands, which are Spain and outside', territory, 'ES', 'ES-CN'),
  exported('E5 · G for goods to the Canary Islands, in words', territory, 'ES', 'Islas Canarias'),
  exported('E5 · G for goods to Åland, in words', territory, 'FI', 'Åland'),
  exported('E5 · G for goods to Ceuta', territory, 'ES', 'CE'),
  exported('E5 · G for goods to Melilla', territory, 'ES', 'ES-ML'),
  exported('E5 · G for goods to Åland', territory, 'FI', 'FI-01'),
  exported('E5 · G for goods to Mount Athos', territory, 'GR', '69'),
  exported('E5 · G for goods to Guadeloupe, by its department', territory, 'FR', 'FR-971'),
  exported('E5 · G for goods to Réunion, by its country code', territory, 'RE'),
  answered(
    'E5 · goods to Monaco go to France',
    'Directive 2006/112/EC, article 7',
    invoice({ shipToCountry: 'MC', buyerTaxId: vatIds.FR }),
    {
      groups: [{ kind: 'intra-community', place: 'DE', base: 100_00n }],
      facts: ['supplier', 'buyerTaxId'],
      required: [
        seller('DE'),
        { term: 'BT-48', value: vatIds.FR },
        { term: 'BT-72', value: '2026-11-02' },
        { term: 'BT-80', value: 'MC' },
      ],
    },
  ),
  answered('C3 · an export taken back', export146, invoice({ shipToCountry: 'US', lines: [line(-100_00n)] }), {
    groups: [{ kind: 'export', place: 'DE', base: -100_00n }],
    facts: ['supplier'],
    required: [seller('DE')],
  }),
  answered(
    'E5 · exempt goods stay exempt when they are exported, beside what is exported',
    'Directive 2006/112/EC, articles 136 and 146',
    invoice({ shipToCountry: 'US', lines: [line(1_00n, 'exempt'), line(2_00n)] }),
    {
      groups: [
        { kind: 'exempt', place: 'DE', base: 1_00n },
        { kind: 'export', place: 'DE', base: 2_00n },
      ],
      lines: [0, 1],
      facts: ['supplier'],
      required: [seller('DE')],
      warnings: [
        {
          code: 'EXEMPTION_TO_BE_NAMED',
          message: 'Which provision exempts these goods is not known here: name it on the document.',
        },
      ],
    },
  ),
  blocked(
    'E5 · an exporter without a VAT id where the goods leave from is blocked',
    'EN 16931-1, rule BR-G-2: the seller’s VAT id',
    invoice({ shipFromCountry: 'FR', shipToCountry: 'US' }),
    'SUPPLIER_NOT_REGISTERED',
    'The supplier has no VAT id of FR in force on 2026-11-02, and this supply needs one: register there, or name the registration.',
  ),
  blocked(
    'E5 · from Northern Ireland to Great Britain',
    vatLaws.XI ?? '',
    invoice({ shipFromCountry: 'XI', shipToCountry: 'GB' }),
    'UNITED_KINGDOM',
    irishSea,
  ),
  blocked(
    'E5 · from Great Britain to Northern Ireland',
    vatLaws.XI ?? '',
    invoice({ shipFromCountry: 'GB', shipToCountry: 'GB', shipToRegion: 'NIR' }),
    'UNITED_KINGDOM',
    irishSea,
  ),
  answered(
    'E5 · O for goods from China that the buyer imports',
    place,
    invoice({ shipFromCountry: 'CN', importer: 'buyer' }),
    {
      groups: [{ kind: 'out-of-scope', place: 'EU', base: 100_00n }],
      facts: ['importer'],
      required: [],
    },
  ),
  answered(
    'E5 · S for the same goods when the supplier imports them',
    'Directive 2006/112/EC, article 32, second paragraph',
    invoice({ shipFromCountry: 'CN', importer: 'supplier' }),
    {
      groups: [{ kind: 'vat', place: 'DE', rate: '19', base: 100_00n, tax: 19_00n }],
      facts: ['supplier', 'importer'],
      required: [seller('DE')],
    },
  ),
  refused('C10 · who imports them is not guessed', place, invoice({ shipFromCountry: 'CN' }), {
    code: 'NOT_ENOUGH_KNOWN',
    site: 'EU',
    missing: 'who imports the goods',
    facts: ['importer'],
  }),
  answered(
    'E5 · O for goods that never touch the Union',
    place,
    invoice({ shipFromCountry: 'CN', shipToCountry: 'US' }),
    {
      groups: [{ kind: 'out-of-scope', place: 'EU', base: 100_00n }],
      facts: [],
      required: [],
    },
  ),
  answered(
    'E5 · O for goods from the Canary Islands that the buyer imports',
    territory,
    invoice({ shipFromCountry: 'ES', shipFromRegion: 'GC', importer: 'buyer' }),
    {
      groups: [{ kind: 'out-of-scope', place: 'EU', base: 100_00n }],
      facts: ['importer'],
      required: [],
    },
  ),
  regionally('C4 · the Azores have 16 %', 'PT-20', '16', 16_00n),
  regionally('C4 · by their other code too', 'PT-AC', '16', 16_00n),
  regionally('C4 · and 18 % until June 2021', 'PT-20', '18', 18_00n, 'standard', '2021-06-30'),
  regionally('C4 · 16 % from July', 'PT-20', '16', 16_00n, 'standard', '2021-07-01'),
  regionally('C4 · the Azores have 9 % for reduced goods', 'PT-20', '9', 9_00n, 'reduced'),
  regionally('C4 · Madeira has 22 %', 'PT-30', '22', 22_00n),
  regionally(
    'C4 · Madeira’s lowest rate is 5 % until September 2024',
    'PT-30',
    '5',
    5_00n,
    'reduced-second',
    '2024-09-30',
  ),
  regionally('C4 · and 4 % from October', 'PT-30', '4', 4_00n, 'reduced-second', '2024-10-01'),
  answered(
    'C4 · Corsica has the standard rate of France',
    regional,
    invoice({ shipFromCountry: 'FR', shipFromRegion: '2A', shipToCountry: 'FR', supplier: registeredIn('FR', 'FR') }),
    {
      groups: [{ kind: 'vat', place: 'FR-20R', rate: '20', base: 100_00n, tax: 20_00n }],
      facts: ['supplier'],
      required: [seller('FR')],
    },
  ),
  refused(
    'C10 · and its reduced rates are not taken from the mainland',
    regional,
    invoice({
      lines: [line(1n, 'reduced')],
      shipFromCountry: 'FR',
      shipFromRegion: 'FR-20R',
      shipToCountry: 'FR',
      supplier: registeredIn('FR', 'FR'),
    }),
    { code: 'TAX_CLASS_UNKNOWN', taxClass: 'reduced', known: ['standard', 'exempt', 'out-of-scope'] },
  ),
  blocked(
    'C10 · the Aegean islands are not taxed like the mainland',
    'VAT Code of Greece: lower rates on some islands',
    invoice({ shipFromCountry: 'GR', shipToCountry: 'GR', shipToRegion: 'GR-L', supplier: registeredIn('GR', 'EL') }),
    'REGION_WITH_MIXED_RATES',
    'Some places in EL-L have lower rates, and the region does not say which: name the state without a region, or have it decided.',
  ),
  refused('C10 · nothing said of departure or supplier: both are named', place, nothingKnown, {
    code: 'NOT_ENOUGH_KNOWN',
    site: 'EU',
    missing: 'the country it was shipped from; where the supplier is established, and its VAT ids',
    facts: ['shipFromCountry', 'supplier'],
  }),
  refused(
    'C10 · nothing said of the supplier',
    place,
    { ...nothingKnown, shipFromCountry: 'DE' },
    {
      code: 'NOT_ENOUGH_KNOWN',
      site: 'EU',
      missing: 'where the supplier is established, and its VAT ids',
      facts: ['supplier'],
    },
  ),
  blocked(
    'C2 · the choice of rounding is not the supplier’s',
    'EN 16931-1, rule BR-CO-17',
    invoice({ rounding: 'truncate' }),
    'ROUNDING_NOT_ALLOWED',
    'VAT is rounded half away from zero (EN 16931): leave the choice out.',
  ),
];
