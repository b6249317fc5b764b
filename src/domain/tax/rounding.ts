/**
 * How a fraction of a minor unit ends. Each mode looks at the size of the amount and never at its sign, so that a
 * reversal always mirrors its original: `ceiling` makes 0.1 to 1, and -0.1 to -1.
 */
export const roundings = ['half-away-from-zero', 'truncate', 'ceiling'] as const;
export type Rounding = (typeof roundings)[number];

/** A fraction of whole numbers as one whole number. The only place where tax is rounded. @param denominator above zero */
export function roundRatio(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const negative = numerator < 0n;
  const size = negative ? -numerator : numerator;
  const whole = size / denominator;
  const rest = size % denominator;
  const rounded = whole + (roundsUp(rest, denominator, rounding) ? 1n : 0n);
  return negative ? -rounded : rounded;
}

function roundsUp(rest: bigint, denominator: bigint, rounding: Rounding): boolean {
  switch (rounding) {
    case 'half-away-from-zero':
      return rest * 2n >= denominator;
    case 'truncate':
      return false;
    case 'ceiling':
      return rest > 0n;
  }
}
