import {
  choicesMade,
  type LegalNote,
  no,
  type RequiredTerm,
  type Result,
  regionCode,
  type SiteRefusal,
  type TaxAnswer,
  type TaxableInvoice,
  type TaxProblem,
  taxFacts,
  yes,
} from 'acorn/plugin';
import { certificateOf } from './resale-certificate.ts';
import { ruleOf, statesVersion } from './states.ts';

/** Goods the buyer keeps: no sale for resale. */
const ownUse = 'own-use';

/**
 * Sales for resale are exempt from state sales tax when the buyer's resale certificate is on file. There is no federal
 * sales tax, and a vendor's goods to Amazon are for resale, so the list is empty; without a certificate that holds in
 * the state of delivery the exemption cannot be shown, which is a warning. Tax on goods that are not for resale is not
 * worked out here.
 * @source Uniform Sales & Use Tax Resale Certificate, Multistate Tax Commission; the states' own forms beside their rules
 */
export function resaleTax(invoice: TaxableInvoice): Result<TaxAnswer, SiteRefusal> {
  if (invoice.lines.some(({ taxClass }) => taxClass === ownUse)) return notForResale;
  const { rule, notes = [], required = [], warnings = [] } = exemptionOf(invoice);
  return yes({
    rule,
    taxes: [],
    lines: invoice.lines.map(() => []),
    document: invoice.kind ?? 'invoice',
    rates: statesVersion,
    facts: taxFacts(invoice, [
      'taxPoint',
      'shipToCountry',
      'shipToRegion',
      'certificates',
      ...choicesMade(invoice, 'kind'),
    ]),
    notes,
    required,
    warnings,
  });
}

interface Exemption {
  readonly rule: string;
  readonly notes?: readonly LegalNote[];
  readonly required?: readonly RequiredTerm[];
  readonly warnings?: readonly TaxProblem[];
}

function exemptionOf(invoice: TaxableInvoice): Exemption {
  const { shipToCountry, shipToRegion } = invoice;
  // Puerto Rico is a country of ISO 3166-1 too, and has a sales tax like a state.
  const state = shipToCountry === 'PR' ? 'PR' : shipToRegion === undefined ? undefined : regionCode(shipToRegion);
  if (shipToCountry !== 'US' && shipToCountry !== 'PR') return { rule: 'us/export', notes: [exported] };
  if (state !== undefined && ruleOf(state)?.certificate === 'none') {
    return { rule: 'us/no-sales-tax', notes: [withoutSalesTax(state)] };
  }
  const found = certificateOf(invoice, state);
  return found.ok
    ? {
        rule: 'us/resale',
        notes: [forResale],
        required: found.value === undefined ? [] : [{ term: 'resale-certificate', value: found.value }],
      }
    : { rule: 'us/resale', warnings: [found.refusal] };
}

const forResale: LegalNote = {
  code: 'US-RESALE',
  text: {
    en: 'Sale for resale, exempt from sales tax: resale certificate on file',
    es: 'Venta para reventa, exenta del impuesto sobre las ventas: certificado de reventa archivado',
  },
};

const exported: LegalNote = {
  code: 'US-EXPORT',
  text: {
    en: 'Shipped out of the United States: no sales tax',
    es: 'Enviado fuera de los Estados Unidos: sin impuesto',
  },
};

const withoutSalesTax = (state: string): LegalNote => ({
  code: 'US-NO-SALES-TAX',
  text: { en: `${state} has no general sales tax`, es: `${state} no tiene impuesto general sobre las ventas` },
});

const notForResale = no<SiteRefusal>({
  code: 'TAX_NOT_DECIDABLE',
  site: 'US',
  problem: 'NOT_FOR_RESALE',
  message:
    'Goods for the own use of the buyer bear the sales tax of their state, which is not worked out here: invoice them apart, and have their tax decided.',
});
