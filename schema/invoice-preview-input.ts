import { builder } from './builder.ts';
import { InvoiceDocument } from './invoice.ts';
import { PriceBasis, TaxRounding } from './tax-profile.ts';
import { FreightTerm } from './terms.ts';

const RegistrationInput = builder.inputType('TaxRegistrationInput', {
  description: 'A number under which a tax office knows the supplier.',
  fields: (t) => ({
    scheme: t.string({ required: true, description: 'What it is a number of: EU-VAT, JP-T, CA-GST, CA-QST, CA-PST.' }),
    number: t.string({ required: true, description: 'The number, as it is printed.' }),
    region: t.string({ description: 'The region it holds in, where the scheme does not say.' }),
    validFrom: t.field({ type: 'Date', description: 'The first day.' }),
    validUntil: t.field({ type: 'Date', description: 'The last day.' }),
  }),
});

const CertificateInput = builder.inputType('TaxCertificateInput', {
  description: 'A paper of the buyer that changes a tax.',
  fields: (t) => ({
    kind: t.string({ required: true, description: 'What it is, such as resale.' }),
    number: t.string({ description: 'As it must be printed.' }),
    region: t.string({ description: 'The region that issued it; left out where it holds for the country.' }),
    validFrom: t.field({ type: 'Date', description: 'The first day.' }),
    validUntil: t.field({ type: 'Date', description: 'The last day.' }),
  }),
});

const PlaceInput = builder.inputType('TaxPlaceInput', {
  description: 'A place as taxes know it.',
  fields: (t) => ({
    country: t.string({ required: true, description: 'ISO 3166 alpha-2, such as DE.' }),
    region: t.string({ description: 'State, province or prefecture in the words of addresses there, such as ON.' }),
  }),
});

const SupplierInput = builder.inputType('PreviewSupplierInput', {
  description: 'Who invoices.',
  fields: (t) => ({
    name: t.string({ description: 'Its name.' }),
    address: t.string({ description: 'Its address, in one text.' }),
    establishedIn: t.string({ description: 'Country of its establishment, ISO 3166 alpha-2.' }),
    registrations: t.field({
      type: [RegistrationInput],
      description: 'All that it has; an empty list says that it is registered nowhere.',
    }),
  }),
});

const BuyerInput = builder.inputType('PreviewBuyerInput', {
  description: 'Who buys.',
  fields: (t) => ({
    name: t.string({ description: 'Its name.' }),
    address: t.string({ description: 'Its address, in one text.' }),
    taxId: t.string({ description: 'The tax number it uses for this order.' }),
  }),
});

const TermsInput = builder.inputType('PreviewTermsInput', {
  description: 'When it is to be paid, as the document will state it.',
  fields: (t) => ({
    text: t.string({
      required: true,
      description: 'Basic, EndOfMonth, Proximo and the other types of Amazon, or text such as NET60.',
    }),
    netDueDays: t.int({ description: 'Days after which it is due.' }),
    discountPercent: t.field({ type: 'Decimal', description: 'Taken off for paying early, per cent.' }),
    discountDueDays: t.int({ description: 'Days within which paying is early.' }),
  }),
});

const DatesInput = builder.inputType('PreviewDatesInput', {
  description: 'Days from which terms may count, where the site is.',
  fields: (t) => ({
    invoiceReceived: t.field({ type: 'Date', description: 'When the buyer has the invoice.' }),
    invoiceTransmitted: t.field({ type: 'Date', description: 'When it was sent.' }),
    goodsReceived: t.field({ type: 'Date', description: 'When the last of the goods are counted in.' }),
    delivered: t.field({ type: 'Date', description: 'When the carrier hands them over.' }),
    shipped: t.field({ type: 'Date', description: 'When they leave the dock.' }),
    ordered: t.field({ type: 'Date', description: 'When they were ordered.' }),
  }),
});

const ImporterEnum = builder.enumType('TaxImporter', {
  description: 'Who brings goods in that come from outside.',
  values: {
    SUPPLIER: { value: 'supplier', description: 'The supplier: delivered duty paid.' },
    BUYER: { value: 'buyer', description: 'The buyer: any other commercial term.' },
  } as const,
});

const TaxCurrencyInput = builder.inputType('TaxCurrencyInput', {
  description: 'The exchange rate the law fixes, when the invoice is not in the currency of the state.',
  fields: (t) => ({
    currency: t.field({ type: 'CurrencyCode', required: true, description: 'The currency of the state.' }),
    rate: t.field({ type: 'Decimal', required: true, description: "Units of it for one unit of the invoice's." }),
    source: t.string({ required: true, description: 'Day and publisher of the rate.' }),
  }),
});

const LineInput = builder.inputType('PreviewLineInput', {
  description: 'What is charged. Say net, or quantity and unitCost, or all three.',
  fields: (t) => ({
    description: t.string({ description: 'What it is.' }),
    orderNumber: t.string({ description: 'The order it charges.' }),
    asin: t.string({ description: "Amazon's product identifier." }),
    vendorSku: t.string({ description: "The vendor's own product number." }),
    quantity: t.field({ type: 'Eaches', description: 'How many; negative on a credit note.' }),
    unitCost: t.field({ type: 'Decimal', description: 'What one costs; may have more digits than an amount.' }),
    net: t.field({
      type: 'Decimal',
      description: 'What they cost together. Left out: quantity times unitCost, rounded.',
    }),
    taxClass: t.string({
      description: "In the site's words, such as reduced. Left out: as a plugin says, or standard.",
    }),
    freight: t.boolean({ defaultValue: false, description: 'Whether it is freight, which some discounts leave out.' }),
  }),
});

/** The one description of the input: of the query, and of the file that `acorn preview` reads. */
export const InvoicePreviewInput = builder.inputType('InvoicePreviewInput', {
  description:
    "An invoice as far as it is known. What is left out is not known, or is as the account's tax profile says it.",
  fields: (t) => ({
    account: t.id({ description: 'Whose invoice it will be: gives the site, the currency and the tax profile.' }),
    site: t.string({ description: 'Where Amazon buys: US, CA, EU, JP. Needed without an account.' }),
    document: t.field({
      type: InvoiceDocument,
      required: true,
      defaultValue: 'INVOICE',
      description: 'Invoice or credit note; the lines of a credit note are negative.',
    }),
    number: t.string({ description: "The vendor's number." }),
    issuedOn: t.field({ type: 'Date', description: 'The date on the invoice.' }),
    suppliedOn: t.field({ type: 'Date', description: 'The day of supply, which decides the rates.' }),
    currency: t.field({
      type: 'CurrencyCode',
      description: "Of all amounts. Left out: the account's, or the site's only one.",
    }),
    priceBasis: t.field({ type: PriceBasis, description: 'Whether the amounts of lines include tax.' }),
    rounding: t.field({ type: TaxRounding, description: "The supplier's constant choice, where the law leaves one." }),
    supplier: t.field({ type: SupplierInput, description: 'Who invoices.' }),
    buyer: t.field({ type: BuyerInput, description: 'Who buys.' }),
    shipFrom: t.field({ type: PlaceInput, description: 'Where it leaves from.' }),
    shipTo: t.field({ type: PlaceInput, description: 'Where it is delivered.' }),
    importer: t.field({ type: ImporterEnum, description: 'Who brings it in, where it comes from outside.' }),
    certificates: t.field({ type: [CertificateInput], description: 'What the buyer has handed in.' }),
    taxCurrency: t.field({
      type: TaxCurrencyInput,
      description: 'For an invoice in a currency that is not the state’s.',
    }),
    terms: t.field({ type: TermsInput, description: 'When it is to be paid.' }),
    dates: t.field({ type: DatesInput, description: 'Days from which terms may count.' }),
    vendorCode: t.string({ description: "Amazon's code of the vendor, which may have terms of its own." }),
    freightTerm: t.field({ type: FreightTerm, description: 'Who pays the carrier.' }),
    lines: t.field({ type: [LineInput], required: true, description: 'At least one, at most 1000.' }),
  }),
});
