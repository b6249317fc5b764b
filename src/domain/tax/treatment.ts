import type { Decimal } from '../../base/decimal.ts';

/**
 * What kind of tax a line bears. S standard or any positive rate, AA lower rate, Z zero-rated, E exempt, AE reverse
 * charge, K intra-Community supply, G export, O outside the scope: an O has the rate 0 here, and none on a document.
 * @source UN/CEFACT code list 5305
 */
export type TaxCategory = 'S' | 'AA' | 'Z' | 'E' | 'AE' | 'K' | 'G' | 'O';

/** A sentence the law wants on a document: a code for programs, and the words per language. */
export interface LegalNote {
  /** Such as `VATEX-EU-IC`. */
  readonly code: string;
  /** By language, ISO 639-1; English is always there. */
  readonly text: Readonly<Record<string, string>>;
}

/** Why no tax is charged. */
export interface Exemption extends LegalNote {
  /** The certificate or number that shows it, to be printed. */
  readonly reference?: string;
}

/** One tax that a line bears. A line bears a list of them: GST and QST stand side by side. */
export interface TaxTreatment {
  /** The rule that decided it, such as `ca/gst`. Another category has another rule. */
  readonly rule: string;
  /** As printed: VAT, GST, QST. */
  readonly name: string;
  readonly category: TaxCategory;
  /** Country or country-region whose tax it is: `DE`, `CA-QC`. */
  readonly jurisdiction: string;
  /** Per cent. */
  readonly rate: Decimal;
  readonly exemption?: Exemption;
}
