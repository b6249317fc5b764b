import { day, type GoldenCase } from 'acorn/plugin';
import { reverseChargeRows } from '../reverse-charge.ts';
import { answered, blocked, buyer, invoice, refused, registeredIn, type State, seller, vatIds } from './cases.ts';

const law = (state: State) => reverseChargeRows.find((row) => row.state === state)?.source ?? '';
const general = 'Directive 2006/112/EC, articles 193 and 194';

/** A German supplier's goods within another state. @param registered also there @param id the buyer's; empty: none */
const within = (state: State, { registered = false, id = vatIds[state] as string, on = '2026-11-02' } = {}) =>
  invoice({
    taxPoint: day(on),
    shipFromCountry: state,
    shipToCountry: state,
    supplier: registeredIn('DE', 'DE', ...(registered ? [state] : [])),
    ...(id === '' ? {} : { buyerTaxId: id }),
  });
const established = (state: State) => ({
  code: 'BUYER_TAKEN_FOR_ESTABLISHED',
  message: `${state} moves the VAT to a buyer that is established there, and ${vatIds[state]} shows only that it is registered.`,
});
const reversed = (name: string, state: State, input = within(state), warnings: ReturnType<typeof established>[] = []) =>
  answered(name, law(state), input, {
    groups: [{ kind: 'reverse-charge', place: state, base: 100_00n }],
    facts: ['supplier', 'buyerTaxId'],
    required: [seller('DE'), buyer(state)],
    warnings,
  });
const charged = (
  name: string,
  state: State,
  rate: string,
  tax: bigint,
  input: ReturnType<typeof within>,
  looked = false,
) =>
  answered(name, law(state) || general, input, {
    groups: [{ kind: 'vat', place: state, rate, base: 100_00n, tax }],
    facts: looked ? ['supplier', 'buyerTaxId'] : ['supplier'],
    required: [seller(state)],
  });
const mustRegister = (state: State) =>
  `The supplier has no VAT id of ${state} in force on 2026-11-02, and this supply needs one: register there, or name the registration.`;
const needsId = (state: State) =>
  `The buyer pays the VAT in ${state} when it has a VAT id there: ask the buyer for the VAT id it uses for this order.`;

/** Goods within one state, from a supplier that is not established there. */
export const reverseCharge: readonly GoldenCase[] = [
  reversed('E6 · AE in France carries “Reverse charge”', 'FR'),
  reversed('E6 · AE in France also from a supplier that is registered there', 'FR', within('FR', { registered: true })),
  reversed('E6 · AE in Spain', 'ES'),
  reversed('E6 · AE in Italy, if the buyer is established there', 'IT', within('IT'), [established('IT')]),
  reversed('E6 · AE in the Netherlands, likewise', 'NL', within('NL', { registered: true }), [established('NL')]),
  reversed('E6 · AE in Belgium, likewise', 'BE', within('BE'), [established('BE')]),
  reversed('E6 · AE in Finland from a supplier that is not registered', 'FI'),
  charged('E6 · S in Finland from one that is', 'FI', '25.5', 25_50n, within('FI', { registered: true })),
  reversed('E6 · AE in Poland from a supplier that is not registered', 'PL'),
  refused('E7 · S in Poland from one that is: VAT in złoty', law('PL'), within('PL', { registered: true }), {
    code: 'NOT_ENOUGH_KNOWN',
    site: 'EU',
    missing: 'the exchange rate at which its VAT is stated in PLN',
    facts: ['taxCurrency'],
  }),
  charged(
    'E6 · Austria has no such rule for goods: S when registered',
    'AT',
    '20',
    20_00n,
    within('AT', { registered: true }),
  ),
  blocked('E6 · and blocked when not', law('AT'), within('AT'), 'SUPPLIER_NOT_REGISTERED', mustRegister('AT')),
  blocked(
    'E6 · Germany has none, either: a French supplier must register',
    law('DE'),
    invoice({ supplier: registeredIn('FR', 'FR'), buyerTaxId: vatIds.DE }),
    'SUPPLIER_NOT_REGISTERED',
    mustRegister('DE'),
  ),
  blocked('E6 · Ireland has none', law('IE'), within('IE'), 'SUPPLIER_NOT_REGISTERED', mustRegister('IE')),
  blocked(
    'C10 · a state that nobody looked up is not taken for one that does, or does not',
    general,
    within('CZ'),
    'ARTICLE_194_UNKNOWN',
    'Whether the buyer pays the VAT of a supplier that is not established in CZ is not known here for 2026-11-02: have it decided, and invoice it by hand until then.',
  ),
  blocked(
    'C10 · nor is a year that nobody looked up',
    law('FR'),
    within('FR', { on: '2020-12-31' }),
    'ARTICLE_194_UNKNOWN',
    'Whether the buyer pays the VAT of a supplier that is not established in FR is not known here for 2020-12-31: have it decided, and invoice it by hand until then.',
  ),
  blocked(
    'E6 · AE without the buyer’s VAT id is blocked',
    law('FR'),
    within('FR', { id: '' }),
    'BUYER_VAT_ID_MISSING',
    needsId('FR'),
  ),
  charged(
    'E6 · with a VAT id of another state the supplier charges, if it is registered',
    'FR',
    '20',
    20_00n,
    within('FR', { registered: true, id: vatIds.IT }),
    true,
  ),
  blocked(
    'E6 · and is blocked if it is not',
    law('FR'),
    within('FR', { id: vatIds.IT }),
    'SUPPLIER_NOT_REGISTERED',
    mustRegister('FR'),
  ),
  answered(
    'E6 · goods from France with a French VAT id of the buyer are taxed in France: by the buyer, when the supplier is German',
    law('FR'),
    invoice({
      shipFromCountry: 'FR',
      shipToCountry: 'BE',
      supplier: registeredIn('DE', 'DE', 'FR'),
      buyerTaxId: vatIds.FR,
    }),
    {
      groups: [{ kind: 'reverse-charge', place: 'FR', base: 100_00n }],
      facts: ['supplier', 'buyerTaxId'],
      required: [seller('DE'), buyer('FR')],
    },
  ),
  refused(
    'C10 · with registrations in two states, and nothing said of establishment, nothing is guessed',
    general,
    { ...within('FR'), supplier: registeredIn(undefined, 'DE', 'FR') },
    {
      code: 'NOT_ENOUGH_KNOWN',
      site: 'EU',
      missing: 'where the supplier is established',
      facts: ['supplier'],
    },
  ),
  charged(
    'C10 · where it makes no difference it is not asked',
    'DE',
    '19',
    19_00n,
    invoice({ supplier: registeredIn(undefined, 'DE', 'FR') }),
  ),
  blocked(
    'E6 · established and not registered: blocked, since it owes the VAT',
    'Directive 2006/112/EC, articles 193 and 214',
    invoice({ supplier: registeredIn('DE') }),
    'SUPPLIER_NOT_REGISTERED',
    mustRegister('DE'),
  ),
  blocked(
    'E8 · a supplier’s VAT id that cannot be one is not printed',
    'European Commission, VIES: algorithms of the states',
    invoice({ supplier: { establishedIn: 'DE', registrations: [{ scheme: 'EU-VAT', number: 'DE136695975' }] } }),
    'SUPPLIER_VAT_ID_INVALID',
    "DE136695975 is no VAT id of DE: correct the supplier's registration.",
  ),
  answered(
    'E6 · a supplier from outside the Union, without any VAT id, sells within France',
    law('FR'),
    { ...within('FR'), supplier: registeredIn('US') },
    {
      groups: [{ kind: 'reverse-charge', place: 'FR', base: 100_00n }],
      facts: ['supplier', 'buyerTaxId'],
      required: [buyer('FR')],
    },
  ),
];
