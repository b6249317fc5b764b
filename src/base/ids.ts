import type { Brand } from './brand.ts';

/** A vendor account: one vendor group at one Amazon store. UUID; the tenant of every row. */
export type AccountId = Brand<string, 'AccountId'>;
export type OrganisationId = Brand<string, 'OrganisationId'>;

/** Amazon's number of a purchase order: eight letters and digits. */
export type PurchaseOrderNumber = Brand<string, 'PurchaseOrderNumber'>;
/** A line's number within its document: Amazon's item sequence number without leading zeros. */
export type LineNumber = Brand<string, 'LineNumber'>;
/** The vendor's identifier of a shipment, unique for 365 days. */
export type ShipmentIdentifier = Brand<string, 'ShipmentIdentifier'>;
/** The vendor's number of an invoice or credit note; never used twice. */
export type InvoiceNumber = Brand<string, 'InvoiceNumber'>;
/** The number of a remittance, by which Amazon names a payment. */
export type PaymentNumber = Brand<string, 'PaymentNumber'>;
/** Number of a deduction: Amazon's document number, or the invoice's number and the reason for amounts withheld from it. */
export type DeductionNumber = Brand<string, 'DeductionNumber'>;
/** Amazon's product identifier, ten characters. */
export type Asin = Brand<string, 'Asin'>;
/** SHA-256 of bytes, as 64 hexadecimal digits. */
export type Sha256 = Brand<string, 'Sha256'>;
