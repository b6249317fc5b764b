import { type Currency, type HeaderCharge, type Money, negate, type StatedTax, zero } from 'acorn/plugin';
import { asMoney, exact, money } from './amounts.ts';
import type { Part } from './part.ts';
import { stated } from './stated.ts';
import { vocabulary } from './vocabulary.ts';
import { needWord } from './words.ts';

/** Taxes of an invoice or of one of its lines, in any currency: the local one may stand beside the invoice's. */
export function readTaxes(part: Part): StatedTax[] {
  return part.list('taxDetails').map((tax) =>
    stated<StatedTax>({
      type: needWord(tax, 'taxType', vocabulary.taxType),
      rate: exact(tax, 'taxRate'),
      taxable: money(tax, 'taxableAmount'),
      tax: asMoney(tax.need('taxAmount')),
    }),
  );
}

/** Charges as they are, allowances with their sign turned. */
export function readCharges(part: Part, currency: Currency): HeaderCharge[] {
  const charges = part.list('chargeDetails').map((charge) =>
    stated<HeaderCharge>({
      type: needWord(charge, 'type', vocabulary.chargeType),
      description: charge.text('description'),
      amount: inCurrency(charge.need('chargeAmount'), currency),
    }),
  );
  const allowances = part.list('allowanceDetails').map((allowance) =>
    stated<HeaderCharge>({
      type: needWord(allowance, 'type', vocabulary.allowanceType),
      description: allowance.text('description'),
      amount: negate(inCurrency(allowance.need('allowanceAmount'), currency)),
    }),
  );
  return [...charges, ...allowances];
}

/** Taxes may be told in a second, local currency; what adds up to the total may not. */
function inCurrency(part: Part, currency: Currency): Money {
  const amount = asMoney(part);
  if (amount.currency === currency) return amount;
  if (amount.minor === 0n) return zero(currency);
  return part.refuse('CURRENCY_MISMATCH', `Expected an amount in ${currency}, found ${part.found()}.`);
}
