// GS1's modulo-10 check digit, as every barcode here must carry.

/** The digit that completes `digits`. @source GS1 General Specifications 7.9 */
export function checkDigit(digits: string): string {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const weight = (digits.length - i) % 2 === 1 ? 3 : 1;
    sum += weight * Number(digits.charAt(i));
  }
  return String((10 - (sum % 10)) % 10);
}

/** `digits` with its check digit behind. */
export const withCheckDigit = (digits: string): string => digits + checkDigit(digits);
