import { parseDecimal } from '../../base/decimal.ts';
import type { Site } from '../site.ts';
import { must, show } from './law.ts';

const refusals: ReadonlySet<string> = new Set([
  'YEAR_OUT_OF_RANGE',
  'NOT_ANSWERED_YET',
  'TAX_CLASS_UNKNOWN',
  'TAX_RATE_UNKNOWN',
  'NOT_ENOUGH_KNOWN',
  'TAX_NOT_DECIDABLE',
]);
const ruleName = /^[a-z][a-z0-9-]*(\/[a-z0-9-]+)+$/;

/** What a plugin answers comes from outside the compiler's sight: look at all of it. */
export function mustBeTaxResult(result: ReturnType<Site['tax']>, currency: string | undefined): void {
  mustBeResult(result);
  if (!result.ok) return;
  const { rule, taxes, warnings } = result.value;
  must(ruleName.test(rule), `the rule "${rule}" is not named like "gb/vat"`);
  must(
    Array.isArray(taxes) && Array.isArray(warnings),
    `the answer has no lists of taxes and warnings: ${show(result.value)}`,
  );
  for (const tax of taxes) {
    must(ruleName.test(tax.rule), `the rule "${tax.rule}" is not named like "gb/vat"`);
    const rate = parseDecimal(String(tax.rate));
    must(
      rate.ok && rate.value === tax.rate && !tax.rate.startsWith('-'),
      `the rate "${String(tax.rate)}" is not a plain decimal`,
    );
    for (const amount of [tax.base, tax.tax]) {
      must(typeof amount.minor === 'bigint', `the amount ${show(amount)} is not in whole minor units`);
      must(
        currency === undefined || amount.currency === currency,
        `an invoice in ${currency} is taxed in ${amount.currency}`,
      );
    }
  }
  for (const { code, message } of warnings) {
    must(/^[A-Z][A-Z0-9_]+$/.test(code), `the warning's code "${code}" is not in capitals`);
    must(message.trim() !== '', `the warning ${code} has no words for a person`);
  }
  const reasons = taxes.map(({ exemption }) => exemption).filter((one) => one !== undefined);
  for (const { code, text } of [...(result.value.notes ?? []), ...reasons]) {
    must((text.en ?? '').trim() !== '', `the sentence ${code} has no words in English`);
  }
  for (const { term, value } of result.value.required ?? []) {
    must(value.trim() !== '', `the document has to carry ${term}, and nobody knows what`);
  }
}

/** Either an answer or a refusal with a known code. */
export function mustBeResult(result: ReturnType<Site['tax'] | Site['payday']>): void {
  must(typeof result === 'object' && result !== null && typeof result.ok === 'boolean', `${show(result)} is no result`);
  if (!result.ok) must(refusals.has(result.refusal.code), `it refuses with an unknown code: ${show(result.refusal)}`);
}
