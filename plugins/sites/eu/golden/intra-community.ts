import { day, type GoldenCase } from 'acorn/plugin';
import { answered, blocked, buyer, invoice, line, refused, registeredIn, seller, vatIds } from './cases.ts';

const exempt = 'Directive 2006/112/EC, article 138(1); EN 16931-1, rules BR-IC-2 to BR-IC-12';
const protocol = 'Windsor Framework, article 8 and annex 3: the directive in Northern Ireland, for goods';

const toFrance = (over: Parameters<typeof invoice>[0] = {}) =>
  invoice({ shipToCountry: 'FR', buyerTaxId: vatIds.FR, ...over });
const facts = ['supplier', 'buyerTaxId'] as const;
const delivered = (country: string, on = '2026-11-02') => [
  { term: 'BT-72', value: on },
  { term: 'BT-80', value: country },
];
const free = [{ kind: 'intra-community', place: 'DE', base: 100_00n }] as const;
const needsId = (to: string) =>
  `Goods from DE to ${to} are free of VAT only for a buyer with a VAT id of another state than DE`;

/** Goods from one state to another. */
export const intraCommunity: readonly GoldenCase[] = [
  answered('E6 · K carries its reason, both VAT ids, the day and the country of delivery', exempt, toFrance(), {
    groups: free,
    facts,
    required: [seller('DE'), buyer('FR'), ...delivered('FR')],
  }),
  blocked(
    'E5 · K without a buyer VAT id is blocked',
    exempt,
    invoice({ shipToCountry: 'FR' }),
    'BUYER_VAT_ID_MISSING',
    `${needsId('FR')}: ask the buyer for the VAT id it uses for this order.`,
  ),
  blocked(
    'E5 · an empty one is none',
    exempt,
    toFrance({ buyerTaxId: ' ' }),
    'BUYER_VAT_ID_MISSING',
    `${needsId('FR')}: ask the buyer for the VAT id it uses for this order.`,
  ),
  answered(
    'E5 · with a buyer’s VAT id of the state of departure it is S',
    'Directive 2006/112/EC, article 138(1)(b)',
    toFrance({ buyerTaxId: vatIds.DE }),
    {
      groups: [{ kind: 'vat', place: 'DE', rate: '19', base: 100_00n, tax: 19_00n }],
      facts,
      required: [seller('DE')],
    },
  ),
  answered(
    'E5 · a third state’s VAT id frees it too, and somebody should look',
    'Directive 2006/112/EC, articles 41 and 138(1)(b)',
    toFrance({ buyerTaxId: vatIds.IT }),
    {
      groups: free,
      facts,
      required: [seller('DE'), buyer('IT'), ...delivered('FR')],
      warnings: [
        {
          code: 'BUYER_VAT_ID_OF_ANOTHER_STATE',
          message:
            'IT00743110157 is not of FR, where the goods arrive: the buyer owes VAT there, and under its id too until it shows so (article 41).',
        },
      ],
    },
  ),
  blocked(
    'E8 · a VAT id with a wrong check digit frees of nothing',
    exempt,
    toFrance({ buyerTaxId: 'FR41303265045' }),
    'BUYER_VAT_ID_INVALID',
    `${needsId('FR')}, and FR41303265045 cannot be one: ask the buyer for the VAT id it uses for this order.`,
  ),
  blocked(
    'E8 · nor does one of Great Britain',
    exempt,
    toFrance({ buyerTaxId: 'GB980780684' }),
    'BUYER_VAT_ID_INVALID',
    `${needsId('FR')}, and GB980780684 cannot be one: ask the buyer for the VAT id it uses for this order.`,
  ),
  answered('E8 · a VAT id as people write it', exempt, toFrance({ buyerTaxId: 'fr 40 303 265 045' }), {
    groups: free,
    facts,
    required: [seller('DE'), buyer('FR'), ...delivered('FR')],
  }),
  answered(
    'E8 · Greece is GR in the address and EL in the VAT id',
    exempt,
    invoice({ shipToCountry: 'GR', buyerTaxId: vatIds.EL }),
    { groups: free, facts, required: [seller('DE'), buyer('EL'), ...delivered('GR')] },
  ),
  answered(
    'E8 · from Greece, with the Greek id of the supplier',
    exempt,
    toFrance({ shipFromCountry: 'GR', supplier: registeredIn('GR', 'EL') }),
    {
      groups: [{ kind: 'intra-community', place: 'EL', base: 100_00n }],
      facts,
      required: [seller('EL'), buyer('FR'), ...delivered('FR')],
    },
  ),
  answered(
    'E8 · a Dutch VAT id has twelve characters',
    exempt,
    invoice({ shipToCountry: 'NL', buyerTaxId: vatIds.NL }),
    { groups: free, facts, required: [seller('DE'), buyer('NL'), ...delivered('NL')] },
  ),
  answered(
    'E5 · goods to Northern Ireland are an intra-Community supply, by an XI id',
    protocol,
    invoice({ shipToCountry: 'GB', shipToRegion: 'NIR', buyerTaxId: vatIds.XI }),
    { groups: free, facts, required: [seller('DE'), buyer('XI'), ...delivered('GB')] },
  ),
  answered(
    'E5 · Northern Ireland in words',
    protocol,
    invoice({ shipToCountry: 'GB', shipToRegion: 'Northern Ireland', buyerTaxId: vatIds.XI }),
    { groups: free, facts, required: [seller('DE'), buyer('XI'), ...delivered('GB')] },
  ),
  answered(
    'E5 · and so are goods from there',
    protocol,
    toFrance({
      shipFromCountry: 'GB',
      shipFromRegion: 'GB-NIR',
      supplier: registeredIn('GB', 'XI'),
      lines: [line(100_00n, 'standard', 'GBP')],
    }),
    {
      groups: [{ kind: 'intra-community', place: 'XI', base: 100_00n, currency: 'GBP' }],
      facts,
      required: [seller('XI'), buyer('FR'), ...delivered('FR')],
    },
  ),
  answered(
    'E5 · the bill goes to Luxembourg and the goods to Poland: the order’s VAT id decides, and not Luxembourg’s',
    'Directive 2006/112/EC, article 138(1)(b): the number communicated for the supply',
    invoice({ shipToCountry: 'PL', buyerTaxId: vatIds.PL }),
    { groups: free, facts, required: [seller('DE'), buyer('PL'), ...delivered('PL')] },
  ),
  answered(
    'E5 · stock in Poland goes out under the Polish VAT id of a German supplier',
    exempt,
    invoice({
      shipFromCountry: 'PL',
      supplier: registeredIn('DE', 'DE', 'PL'),
      buyerTaxId: vatIds.DE,
    }),
    {
      groups: [{ kind: 'intra-community', place: 'PL', base: 100_00n }],
      facts,
      required: [seller('PL'), buyer('DE'), ...delivered('DE')],
    },
  ),
  blocked(
    'E5 · a supplier without a VAT id where the goods leave from cannot supply free of VAT',
    'EN 16931-1, rule BR-IC-2: the seller’s VAT id',
    invoice({ shipFromCountry: 'PL', buyerTaxId: vatIds.DE }),
    'SUPPLIER_NOT_REGISTERED',
    'The supplier has no VAT id of PL in force on 2026-11-02, and this supply needs one: register there, or name the registration.',
  ),
  blocked(
    'E5 · nor one whose registration ended the day before',
    exempt,
    toFrance({
      supplier: {
        establishedIn: 'DE',
        registrations: [{ scheme: 'EU-VAT', number: vatIds.DE, validUntil: day('2026-11-01') }],
      },
    }),
    'SUPPLIER_NOT_REGISTERED',
    'The supplier has no VAT id of DE in force on 2026-11-02, and this supply needs one: register there, or name the registration.',
  ),
  answered(
    'E5 · on its last day it still holds',
    exempt,
    toFrance({
      supplier: {
        establishedIn: 'DE',
        registrations: [{ scheme: 'EU-VAT', number: vatIds.DE, validUntil: day('2026-11-02') }],
      },
    }),
    { groups: free, facts, required: [seller('DE'), buyer('FR'), ...delivered('FR')] },
  ),
  answered(
    'C3 · a credit note takes it back, with the same reason',
    exempt,
    toFrance({ lines: [line(-100_00n)], kind: 'credit-note' }),
    {
      groups: [{ kind: 'intra-community', place: 'DE', base: -100_00n }],
      facts: [...facts, 'kind'],
      required: [seller('DE'), buyer('FR'), ...delivered('FR')],
      document: 'credit-note',
    },
  ),
  answered(
    'E11 · goods of two rates are one group when neither is charged',
    exempt,
    toFrance({ lines: [line(100_00n), line(50_00n, 'reduced')] }),
    {
      groups: [{ kind: 'intra-community', place: 'DE', base: 150_00n }],
      lines: [0, 0],
      facts,
      required: [seller('DE'), buyer('FR'), ...delivered('FR')],
    },
  ),
  refused(
    'C10 · a class without a rate at home is refused even where none is charged',
    exempt,
    toFrance({ lines: [line(1n, 'luxury')] }),
    { code: 'TAX_CLASS_UNKNOWN', taxClass: 'luxury', known: ['standard', 'reduced', 'exempt', 'out-of-scope'] },
  ),
];
