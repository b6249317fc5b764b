import type { InvoiceSubmitted, StatedTerms } from 'acorn/plugin';
import { asMoney, exact } from '../read/amounts.ts';
import { readCharges, readTaxes } from '../read/charges.ts';
import { whole } from '../read/counts.ts';
import { needInvoiceNumber } from '../read/identifiers.ts';
import type { Part } from '../read/part.ts';
import { party, partyId } from '../read/parties.ts';
import { stated } from '../read/stated.ts';
import { needDay, needInstant } from '../read/times.ts';
import { vocabulary } from '../read/vocabulary.ts';
import { needWord } from '../read/words.ts';
import { readLines } from './invoice-lines.ts';

/** The vendor's invoices and credit notes as they were sent. @source Vendor Invoices API v1, submitInvoices */
export function submitInvoices(body: Part): void {
  for (const invoice of body.needList('invoices')) {
    const fact = invoice.notes.park(() => readInvoice(invoice));
    if (fact !== undefined) invoice.notes.tell(fact, invoice.at);
  }
}

function readInvoice(invoice: Part): InvoiceSubmitted {
  const isCreditNote = needWord(invoice, 'invoiceType', vocabulary.invoiceType) === 'CreditNote';
  const total = asMoney(invoice.need('invoiceTotal'));
  const taxes = readTaxes(invoice);
  const charges = readCharges(invoice, total.currency);
  return stated<InvoiceSubmitted>({
    kind: 'invoice-submitted',
    invoiceNumber: needInvoiceNumber(invoice, 'id'),
    asOf: needInstant(invoice, 'date'),
    document: isCreditNote ? 'CREDIT_NOTE' : 'INVOICE',
    issuedOn: needDay(invoice, 'date'),
    currency: total.currency,
    // Money of a credit note flows the other way: its bill goes to the vendor.
    vendorCode: partyId(invoice, isCreditNote ? 'billToParty' : 'remitToParty'),
    billTo: party(invoice, 'billToParty'),
    shipTo: party(invoice, 'shipToParty'),
    terms: readTerms(invoice.member('paymentTerms')),
    total,
    taxes,
    charges,
    lines: readLines(invoice, { total, taxes, charges }),
  });
}

function readTerms(terms: Part | undefined): StatedTerms | undefined {
  return (
    terms &&
    stated<StatedTerms>({
      text: needWord(terms, 'type', vocabulary.termsType),
      discountPercent: exact(terms, 'discountPercent'),
      discountDueDays: whole(terms, 'discountDueDays'),
      netDueDays: whole(terms, 'netDueDays'),
    })
  );
}
