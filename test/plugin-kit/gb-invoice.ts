/**
 * An invoice as the vendor sent it, with 100.00 at 20 per cent, for which a penny too much VAT is charged, and 12.00 at
 * nothing.
 */
export function gbInvoice(number: string, currencyCode: string): object {
  const amount = (text: string) => ({ currencyCode, amount: text });
  const party = (partyId: string) => ({ partyId });
  const taxed = (taxRate: string, taxable: string, tax: string) => [
    { taxType: 'VAT', taxRate, taxAmount: amount(tax), taxableAmount: amount(taxable) },
  ];
  const item = (itemSequenceNumber: number, cost: string, taxDetails: object[]) => ({
    itemSequenceNumber,
    amazonProductIdentifier: `B0LARKGB0${itemSequenceNumber}`,
    invoicedQuantity: { amount: 4, unitOfMeasure: 'Eaches' },
    netCost: amount(cost),
    purchaseOrderNumber: '1GBX4K2M',
    taxDetails,
  });
  return {
    payload: {
      invoices: [
        {
          invoiceType: 'Invoice',
          id: number,
          date: '2026-10-24T10:00:00Z',
          remitToParty: party('LARKG'),
          billToParty: party('AMAZON_UK'),
          shipToParty: party('BHX4'),
          paymentTerms: { type: 'Basic', netDueDays: 60 },
          invoiceTotal: amount('132.01'),
          items: [item(1, '25', taxed('20', '100.00', '20.01')), item(2, '3', taxed('0', '12.00', '0.00'))],
        },
      ],
    },
  };
}
