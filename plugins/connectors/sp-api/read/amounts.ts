import {
  asCurrency,
  type CostPer,
  type Currency,
  type Decimal,
  type Money,
  parseDecimal,
  parseMoney,
  type UnitCost,
} from 'acorn/plugin';
import { isNumber } from './json.ts';
import type { Part } from './part.ts';
import { vocabulary } from './vocabulary.ts';
import { word } from './words.ts';

/** Both of Amazon's shapes: `{currencyCode, amount: "12.50"}` and `{currencyCode, currencyAmount: 12.50}`. */
export function asMoney(part: Part): Money {
  const amount = amountOf(part);
  const currency = currencyOf(part);
  const parsed = parseMoney(textOf(amount), currency);
  if (parsed.ok) return parsed.value;
  return amount.refuse('NOT_AN_AMOUNT', `Expected an amount of ${currency}, found ${amount.found()}.`);
}

export function money(part: Part | undefined, name: string): Money | undefined {
  const found = part?.member(name);
  return found === undefined ? undefined : asMoney(found);
}

/** A cost per each, or per weight, exact to the last digit the document wrote. */
export function unitCost(part: Part, name: string): UnitCost | undefined {
  const found = part.member(name);
  if (found === undefined) return undefined;
  return { cost: asDecimal(amountOf(found)), currency: currencyOf(found) };
}

/** What a cost stands for: `EACH`, unless the document says that the item is sold by weight. */
export const costPer = (part: Part, name: string): CostPer => {
  const cost = part.member(name);
  return (cost && word(cost, 'unitOfMeasure', vocabulary.weightUnit)) ?? 'EACH';
};

/** An exact decimal, such as a rate or a percentage. */
export function exact(part: Part | undefined, name: string): Decimal | undefined {
  const found = part?.member(name);
  return found === undefined ? undefined : asDecimal(found);
}

function asDecimal(part: Part): Decimal {
  const parsed = parseDecimal(textOf(part));
  if (parsed.ok) return parsed.value;
  return part.refuse('NOT_AN_AMOUNT', `Expected a decimal number, found ${part.found()}.`);
}

const amountOf = (part: Part): Part => part.member('amount') ?? part.member('currencyAmount') ?? part.need('amount');

/** A number's own text: `540.10` is still `540.10`. */
const textOf = (part: Part): string =>
  isNumber(part.json) ? part.json.value : typeof part.json === 'string' ? part.json : '';

/** Where the document is silent the account's currency is meant; another one than the account's is kept, and noted. */
function currencyOf(part: Part): Currency {
  const code = part.member('currencyCode');
  const { currency: ours } = part.notes.account;
  if (code === undefined) {
    part.notes.warn('MISSING_MEMBER', `${part.path}/currencyCode`, 'nothing');
    return ours;
  }
  const currency = asCurrency(code.asText());
  if (currency === undefined) return code.refuse('NOT_AN_AMOUNT', `Expected a currency code, found ${code.found()}.`);
  if (currency !== ours) code.warn('UNEXPECTED_SHAPE', `${currency}, on an account in ${ours}`);
  return currency;
}
