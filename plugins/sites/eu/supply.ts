import {
  type RateTable,
  type RequiredTerm,
  type Result,
  type SiteRefusal,
  type TaxableInvoice,
  type TaxFactName,
  type TaxProblem,
  type TaxSupplier,
  yes,
} from 'acorn/plugin';
import {
  anySupplierVatId,
  establishmentOf,
  requiredBuyerVatId,
  requiredSupplierVatId,
  supplierVatId,
} from './parties.ts';
import { blocked, notEnoughKnown } from './refusals.ts';
import { reverseChargeIn } from './reverse-charge.ts';
import { type Place, placeOf, type StatePlace } from './states.ts';
import { stateOfVatId } from './vat-id.ts';

/** What kind of supply all the goods of one document are, by where they go, who sells and who buys. */
export interface Supply {
  readonly kind: 'domestic' | 'reverse-charge' | 'intra-community' | 'export' | 'out-of-scope';
  /** Where it is taxable, or would be were it not exempt: where the goods leave from. Nowhere when it is out of scope. */
  readonly place?: StatePlace;
  readonly facts: readonly TaxFactName[];
  readonly required: readonly RequiredTerm[];
  readonly warnings: readonly TaxProblem[];
}

type Found = Result<Supply, SiteRefusal>;
/** A document of a supplier of whom something is known. */
type Asked = TaxableInvoice & { readonly supplier: TaxSupplier };

const places = ['taxPoint', 'shipFromCountry', 'shipFromRegion', 'shipToCountry', 'shipToRegion'] as const;
const sellerVatId = (value: string): RequiredTerm => ({ term: 'BT-31', value });
const buyerVatId = (value: string): RequiredTerm => ({ term: 'BT-48', value });

/**
 * Decide the supply. Goods are taxed where their transport begins; where they go decides whether they are taxed at all.
 * @source Directive 2006/112/EC, articles 31, 32 (place), 138 (intra-Community), 146 (export), 194 (reverse charge)
 */
export function supplyOf(invoice: TaxableInvoice, rates: RateTable): Found {
  const { shipFromCountry, shipFromRegion, shipToCountry, shipToRegion, supplier, taxPoint } = invoice;
  if (shipFromCountry === undefined) {
    return notEnoughKnown(supplier === undefined ? ['shipFromCountry', 'supplier'] : ['shipFromCountry']);
  }
  const [from, to] = [placeOf(shipFromCountry, shipFromRegion), placeOf(shipToCountry, shipToRegion)];
  for (const place of [from, to]) {
    if (place.kind === 'mixed-rates') return mixedRates(place.place);
    const known = place.kind === 'outside' ? undefined : rates.on(`${memberOf(place)} standard`, taxPoint);
    if (known?.ok === false) return known;
  }
  if (crossesTheIrishSea(from, to)) return irishSea();
  if (from.kind !== 'state') return to.kind === 'state' ? imported(to, invoice) : yes(outOfScope([]));
  if (supplier === undefined) return notEnoughKnown(['supplier']);
  const asked = { ...invoice, supplier };
  if (to.kind !== 'state') return exported(from, asked);
  return from.state === to.state ? domestic(from, asked) : intraCommunity(from, to, asked);
}

/** Whose standard rate has to be known on the day, so that the directive held there. */
const memberOf = (place: StatePlace | Extract<Place, { kind: 'united-kingdom' }>): string =>
  place.kind === 'state' ? place.state : 'XI';

const crossesTheIrishSea = (from: Place, to: Place): boolean =>
  (isNorthernIreland(from) && to.kind === 'united-kingdom') ||
  (from.kind === 'united-kingdom' && isNorthernIreland(to));
const isNorthernIreland = (place: Place): boolean => place.kind === 'state' && place.state === 'XI';

const outOfScope = (facts: readonly TaxFactName[]): Supply => ({
  kind: 'out-of-scope',
  facts: [...places, ...facts],
  required: [],
  warnings: [],
});

/** Goods from outside: the buyer imports them, and the sale is none of the Union's; or the supplier does, and sells them there. */
function imported(to: StatePlace, invoice: TaxableInvoice): Found {
  const { importer, supplier } = invoice;
  if (importer === 'buyer') return yes(outOfScope(['importer']));
  if (importer === undefined || supplier === undefined) {
    return notEnoughKnown([
      ...(importer === undefined ? (['importer'] as const) : []),
      ...(supplier === undefined ? (['supplier'] as const) : []),
    ]);
  }
  const found = domestic(to, { ...invoice, supplier });
  return found.ok ? yes({ ...found.value, facts: [...found.value.facts, 'importer'] }) : found;
}

function exported(from: StatePlace, { supplier, taxPoint }: Asked): Found {
  const seller = requiredSupplierVatId(supplier, from.state, taxPoint);
  if (!seller.ok) return seller;
  return yes({
    kind: 'export',
    place: from,
    facts: [...places, 'supplier'],
    required: [sellerVatId(seller.value)],
    warnings: [],
  });
}

/** Free of VAT for a buyer with a VAT id of another state than that of departure; taxed there for any other. */
function intraCommunity(from: StatePlace, to: StatePlace, asked: Asked): Found {
  const { supplier, buyerTaxId, taxPoint } = asked;
  const why = `Goods from ${from.state} to ${to.state} are free of VAT only for a buyer with a VAT id of another state than ${from.state}`;
  const buyer = requiredBuyerVatId(buyerTaxId, why);
  if (!buyer.ok) return buyer;
  const buyerState = stateOfVatId(buyer.value);
  if (buyerState === from.state) {
    const taxed = domestic(from, asked);
    return taxed.ok
      ? yes({ ...taxed.value, facts: [...new Set([...taxed.value.facts, 'buyerTaxId' as const])] })
      : taxed;
  }
  const seller = requiredSupplierVatId(supplier, from.state, taxPoint);
  if (!seller.ok) return seller;
  return yes({
    kind: 'intra-community',
    place: from,
    facts: [...places, 'supplier', 'buyerTaxId'],
    required: [
      sellerVatId(seller.value),
      buyerVatId(buyer.value),
      { term: 'BT-72', value: taxPoint },
      { term: 'BT-80', value: asked.shipToCountry },
    ],
    warnings: buyerState === to.state ? [] : [idOfAnotherState(buyer.value, to.state)],
  });
}

/** Taxed by the supplier; or by the buyer, where the supplier is not established and the state uses article 194. */
function domestic(place: StatePlace, { supplier, buyerTaxId, taxPoint }: Asked): Found {
  const { state } = place;
  const own = supplierVatId(supplier, state, taxPoint);
  if (!own.ok) return own;
  const charged = (facts: readonly TaxFactName[] = []): Found => {
    const seller = requiredSupplierVatId(supplier, state, taxPoint);
    if (!seller.ok) return seller;
    return yes({
      kind: 'domestic',
      place,
      facts: [...places, 'supplier', ...facts],
      required: [sellerVatId(seller.value)],
      warnings: [],
    });
  };
  const home = establishmentOf(supplier);
  if (home === state) return charged();
  const rule = reverseChargeIn(state, taxPoint);
  const registered = own.value !== undefined;
  if (rule?.applies === 'never' || (rule?.applies === 'unless-registered' && registered)) return charged();
  if (home === undefined) return notEnoughKnown(['supplier'], 'where the supplier is established');
  if (rule === undefined) return article194Unknown(state, taxPoint);

  const buyer = requiredBuyerVatId(buyerTaxId, `The buyer pays the VAT in ${state} when it has a VAT id there`);
  if (!buyer.ok) return buyer;
  if (stateOfVatId(buyer.value) !== state) return charged(['buyerTaxId']);
  const seller = anySupplierVatId(supplier, taxPoint);
  return yes({
    kind: 'reverse-charge',
    place,
    facts: [...places, 'supplier', 'buyerTaxId'],
    required: [...(seller === undefined ? [] : [sellerVatId(seller)]), buyerVatId(buyer.value)],
    warnings: rule.buyer === 'established' ? [takenForEstablished(buyer.value, state)] : [],
  });
}

const idOfAnotherState = (id: string, state: string): TaxProblem => ({
  code: 'BUYER_VAT_ID_OF_ANOTHER_STATE',
  message: `${id} is not of ${state}, where the goods arrive: the buyer owes VAT there, and under its id too until it shows so (article 41).`,
});

const takenForEstablished = (id: string, state: string): TaxProblem => ({
  code: 'BUYER_TAKEN_FOR_ESTABLISHED',
  message: `${state} moves the VAT to a buyer that is established there, and ${id} shows only that it is registered.`,
});

const article194Unknown = (state: string, on: string) =>
  blocked(
    'ARTICLE_194_UNKNOWN',
    `Whether the buyer pays the VAT of a supplier that is not established in ${state} is not known here for ${on}: have it decided, and invoice it by hand until then.`,
  );

const mixedRates = (place: string) =>
  blocked(
    'REGION_WITH_MIXED_RATES',
    `Some places in ${place} have lower rates, and the region does not say which: name the state without a region, or have it decided.`,
  );

const irishSea = () =>
  blocked(
    'UNITED_KINGDOM',
    'Between Northern Ireland and Great Britain the VAT of the United Kingdom decides, and not this site: invoice it there.',
  );
