const least = 250;
const most = 30_000;

/**
 * How long to wait before the next try, in milliseconds: anything up to a bound that doubles with every failure in a
 * row, so that a thousand clients of a server that restarts do not come back in one moment.
 *
 * @param failures 1 after the first
 * @param random   from 0 to 1
 */
export const backOff = (failures: number, random: number): number =>
  Math.round(random * Math.min(most, least * 2 ** Math.min(failures - 1, 20)));
