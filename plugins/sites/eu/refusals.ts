import { no, type SiteRefusal, type TaxFactName } from 'acorn/plugin';

/** Why a document is blocked. A code is never renamed. */
export type EuProblem =
  | 'BUYER_VAT_ID_MISSING'
  | 'BUYER_VAT_ID_INVALID'
  | 'SUPPLIER_NOT_REGISTERED'
  | 'SUPPLIER_VAT_ID_INVALID'
  | 'ARTICLE_194_UNKNOWN'
  | 'REGION_WITH_MIXED_RATES'
  | 'UNITED_KINGDOM'
  | 'ROUNDING_NOT_ALLOWED';

/** The document is blocked. @param message what to do about it */
export const blocked = (problem: EuProblem, message: string) =>
  no<SiteRefusal>({ code: 'TAX_NOT_DECIDABLE', site: 'EU', problem, message });

const words: Partial<Readonly<Record<TaxFactName, string>>> = {
  shipFromCountry: 'the country it was shipped from',
  supplier: 'where the supplier is established, and its VAT ids',
  importer: 'who imports the goods',
};

/** What nobody has said. @param instead the words for it, where the usual ones are too wide */
export const notEnoughKnown = (facts: readonly TaxFactName[], instead?: string) =>
  no<SiteRefusal>({
    code: 'NOT_ENOUGH_KNOWN',
    site: 'EU',
    missing: instead ?? facts.map((fact) => words[fact] ?? fact).join('; '),
    facts,
  });
