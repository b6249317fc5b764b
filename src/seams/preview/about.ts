import type { SiteRefusal } from '../site.ts';
import type { TaxFactName } from '../tax-facts.ts';
import type { InvoiceDraft } from './draft.ts';

/** Where a fact that a site asks for stands in a draft. */
const placeOf: Readonly<Record<TaxFactName, string>> = {
  taxPoint: 'suppliedOn',
  shipToCountry: 'shipTo.country',
  shipToRegion: 'shipTo.region',
  certificates: 'certificates',
  shipFromCountry: 'shipFrom.country',
  shipFromRegion: 'shipFrom.region',
  supplier: 'supplier.registrations',
  buyerTaxId: 'buyer.taxId',
  importer: 'importer',
  kind: 'document',
  issuer: 'issuer',
  priceBasis: 'priceBasis',
  rounding: 'rounding',
  taxCurrency: 'taxCurrency',
};

/** The places of a draft that a refusal is about, so that whoever wrote it knows where to look. */
export function placesOf(refusal: SiteRefusal, { lines }: InvoiceDraft): readonly string[] {
  switch (refusal.code) {
    case 'NOT_ENOUGH_KNOWN':
      return (refusal.facts ?? []).map((fact) => placeOf[fact]);
    case 'TAX_CLASS_UNKNOWN':
      return lines.flatMap(({ taxClass }, at) => (taxClass === refusal.taxClass ? [`lines[${at}].taxClass`] : []));
    case 'TAX_RATE_UNKNOWN':
      return ['suppliedOn'];
    case 'TERMS_NOT_STATED':
    case 'TERMS_NOT_READ':
    case 'TERMS_INCOMPLETE':
    case 'TERMS_NOT_HANDLED':
    case 'TERMS_INVALID':
      return ['terms'];
    case 'PAYMENT_CLOCK_UNKNOWN':
      return ['issuedOn'];
    case 'FREIGHT_TERM_MISSING':
      return ['freightTerm'];
    case 'TERM_DATE_MISSING':
      return [refusal.event === 'invoice-date' ? 'issuedOn' : `dates.${camel(refusal.event)}`];
    case 'TERM_AMOUNT_MISSING':
      return ['lines'];
    default:
      return [];
  }
}

/** `goods-received` as inputs spell it: `goodsReceived`. */
const camel = (event: string): string => event.replace(/-(.)/g, (_dash, letter: string) => letter.toUpperCase());
