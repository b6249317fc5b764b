// Amounts as whole numbers only: minor units for what is owed, ten-thousandths for what one unit costs.

/** Whole minor units (cents, yen) of the account's currency; signed. */
export type Minor = bigint;

/** Ten-thousandths of one currency unit: costs may have more digits than coins. */
export type UnitCost = bigint;

/** Units times cost, rounded half away from zero to the minor unit. */
export function extend(cost: UnitCost, quantity: number, minorDigits: number): Minor {
  return roundedQuotient(cost * BigInt(quantity), 10n ** BigInt(4 - minorDigits));
}

/** A share in basis points (19 % is 1900), rounded half away from zero. */
export const share = (amount: Minor, basisPoints: number): Minor =>
  roundedQuotient(amount * BigInt(basisPoints), 10_000n);

function roundedQuotient(value: bigint, by: bigint): bigint {
  const size = value < 0n ? -value : value;
  const rounded = (size + by / 2n) / by;
  return value < 0n ? -rounded : rounded;
}

/** `54010n` with two digits is `540.10`; no digit is dropped or invented. */
export function minorText(amount: Minor, minorDigits: number): string {
  return scaledText(amount, minorDigits);
}

/** A cost with at least the currency's digits and no needless ones: `10.20`, `1.2345`, `1200`. */
export function costText(cost: UnitCost, minorDigits: number): string {
  let digits = 4;
  let value = cost;
  while (digits > minorDigits && value % 10n === 0n) {
    value /= 10n;
    digits -= 1;
  }
  return scaledText(value, digits);
}

function scaledText(value: bigint, digits: number): string {
  const sign = value < 0n ? '-' : '';
  const text = (value < 0n ? -value : value).toString().padStart(digits + 1, '0');
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
