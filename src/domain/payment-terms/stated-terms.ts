import type { Result } from '../../base/result.ts';
import type { StatedTerms } from '../facts.ts';
import { fromAmazonTerms, parseTermsText, type TermsAgreed, type TermsUnread } from './amazon.ts';
import type { PaymentTerms } from './terms.ts';

/** @source Vendor Invoices API v1, `PaymentTerms.type` */
const amazonTypes: ReadonlySet<string> = new Set([
  'Basic',
  'EndOfMonth',
  'FixedDate',
  'Proximo',
  'PaymentDueUponReceiptOfInvoice',
  'LetterofCredit',
]);

/** Terms as a document states them, in either of Amazon's two ways: a type with numbers beside it, or a text. */
export function readStatedTerms(stated: StatedTerms, agreed: TermsAgreed = {}): Result<PaymentTerms, TermsUnread> {
  const { text, ...numbers } = stated;
  return amazonTypes.has(text) ? fromAmazonTerms({ type: text, ...numbers }, agreed) : parseTermsText(text, agreed);
}

/** As the document has them, for the explanation of a date. */
export function statedInWords({ text, discountPercent, discountDueDays, netDueDays }: StatedTerms): string {
  const discount = discountPercent === undefined ? '' : ` ${discountPercent} % ${discountDueDays ?? '?'}`;
  const net = netDueDays === undefined ? '' : ` net ${netDueDays}`;
  return amazonTypes.has(text) ? `${text}${discount}${net}` : text;
}
