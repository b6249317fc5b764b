import { type AssessedInvoice, type SchemaAdditions, type TaxLine, taxAssessmentFields } from 'acorn/plugin';

/** `Invoice.eu`: which kind of supply it is, VAT by category and rate, and what the document has to say. */
export const euSchema: SchemaAdditions = {
  sdl: `
    extend type Invoice {
      "What only the European Union asks of an invoice. Null on invoices of other sites."
      eu: EuInvoiceTax
    }

    "An invoice to one of Amazon's stores in the European Union."
    type EuInvoiceTax implements TaxAssessment {
      ${taxAssessmentFields}
      "What kind of supply it is."
      treatment: EuTreatment!
      "VAT by category and rate: each group rounded once."
      vatBreakdown: [EuVatGroup!]!
      "Sentences that the law wants on it."
      notes("ISO 639-1, such as de. English where a sentence is not there in it." language: String): [String!]!
      "The supplier's VAT id that belongs on it. Null where none does."
      sellerVatId: String
      "The buyer's VAT id that belongs on it. Null where none does."
      buyerVatId: String
    }

    "Kinds of supply of goods."
    enum EuTreatment {
      "Within one state, taxed there."
      DOMESTIC
      "From one state to another, free of VAT, to a buyer with a VAT id of another state."
      INTRA_COMMUNITY
      "Within one state, where the buyer owes the VAT."
      REVERSE_CHARGE
      "Out of the Union, free of VAT."
      EXPORT
      "Outside the scope of the Union's VAT."
      OUT_OF_SCOPE
    }

    "All that is taxed alike on one invoice."
    type EuVatGroup {
      "By UN/CEFACT code list 5305: S, Z, E, K, AE, G or O."
      category: String!
      "Per cent."
      rate: Decimal!
      "Without VAT."
      base: Money!
      "The VAT."
      vat: Money!
      "The VAT in the currency of the state that levies it, where that is another."
      vatInStateCurrency: Money
      "Why there is none, such as VATEX-EU-IC. Null where there is VAT, or nothing is the rate."
      exemptionCode: String
    }
  `,
  fields: {
    'Invoice.eu': { needs: 'invoice:read', asks: 'tax', resolve: (assessed: AssessedInvoice) => assessed },
    'EuInvoiceTax.treatment': { resolve: treatmentOf },
    'EuInvoiceTax.vatBreakdown': { resolve: ({ taxes }: AssessedInvoice) => taxes.map(groupOf) },
    'EuInvoiceTax.notes': {
      resolve: ({ notes = [] }: AssessedInvoice, { language }: { readonly language?: string | null }) =>
        notes.map(({ text }) => (language == null ? undefined : text[language]) ?? text.en ?? ''),
    },
    'EuInvoiceTax.sellerVatId': { resolve: termOf('BT-31') },
    'EuInvoiceTax.buyerVatId': { resolve: termOf('BT-48') },
  },
};

/** The supply is decided once for the document: one line of a category tells it. */
function treatmentOf({ taxes }: AssessedInvoice): string {
  const categories = new Set(taxes.map(({ category }) => category));
  if (categories.has('K')) return 'INTRA_COMMUNITY';
  if (categories.has('AE')) return 'REVERSE_CHARGE';
  if (categories.has('G')) return 'EXPORT';
  return categories.has('O') ? 'OUT_OF_SCOPE' : 'DOMESTIC';
}

const groupOf = ({ category = 'S', rate, base, tax, inTaxCurrency, exemption }: TaxLine) => ({
  category,
  rate,
  base,
  vat: tax,
  vatInStateCurrency: inTaxCurrency?.tax ?? null,
  exemptionCode: exemption?.code ?? null,
});

/** A business term of EN 16931 that the treatment needs on the document. */
function termOf(wanted: string) {
  return ({ required = [] }: AssessedInvoice): string | null =>
    required.find(({ term }) => term === wanted)?.value ?? null;
}
