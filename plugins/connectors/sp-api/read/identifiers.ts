import type { Asin, InvoiceNumber, LineNumber, PurchaseOrderNumber, ShipmentIdentifier } from 'acorn/plugin';
import type { Part } from './part.ts';

/** A line's number without leading zeros: `001` and `1` are one line. Text such as `LI-001` stays as it is. */
export const asLineNumber = (text: string): LineNumber => text.replace(/^0+(?=\d+$)/, '') as LineNumber;

export function lineNumber(part: Part, name: string): LineNumber | undefined {
  const text = lineText(part.member(name));
  return text === undefined ? undefined : asLineNumber(text);
}

export const needLineNumber = (part: Part, name: string): LineNumber =>
  lineNumber(part, name) ?? part.need(name).refuse('MISSING_MEMBER', `Expected ${name}.`);

export const orderNumber = (part: Part | undefined, name = 'purchaseOrderNumber'): PurchaseOrderNumber | undefined =>
  part?.text(name) as PurchaseOrderNumber | undefined;
export const needOrderNumber = (part: Part): PurchaseOrderNumber =>
  part.needText('purchaseOrderNumber') as PurchaseOrderNumber;
export const needShipment = (part: Part, name: string): ShipmentIdentifier => part.needText(name) as ShipmentIdentifier;
export const needInvoiceNumber = (part: Part, name: string): InvoiceNumber => part.needText(name) as InvoiceNumber;

/** Orders and ASNs say `amazonProductIdentifier`, status and transport `buyerProductIdentifier`: one thing. */
export const asin = (part: Part): Asin | undefined =>
  (part.text('amazonProductIdentifier') ?? part.text('buyerProductIdentifier')) as Asin | undefined;
export const vendorSku = (part: Part): string | undefined => part.text('vendorProductIdentifier');

/** Invoices number their lines with an integer, the others with text. Neither is a departure. */
function lineText(part: Part | undefined): string | undefined {
  const json = part?.json;
  if (typeof json === 'object' && json !== null && 'isLosslessNumber' in json) return String(json);
  return part?.asText();
}
