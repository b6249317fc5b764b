import { passesLuhn, weighted } from 'acorn/plugin';

/** Whether the check digit is right; nothing where this kind of number has none that is known here. */
type Check = (rest: string) => boolean | undefined;

const last = (digits: string): number => Number(digits.at(-1));
const mod =
  (weights: readonly number[], by: number): Check =>
  (digits) =>
    weighted(digits, weights) % by === 0;
const eightToTwo = [8, 7, 6, 5, 4, 3, 2] as const;

/** @source ISO/IEC 7064, mod 11,10 */
const mod11and10: Check = (digits) => {
  let product = 10;
  for (const digit of digits.slice(0, -1)) product = (((Number(digit) + product) % 10 || 10) * 2) % 11;
  return (11 - product) % 10 === last(digits);
};

const british: Check = (rest) =>
  /^\d{9}/.test(rest) ? [0, 42].includes(weighted(rest, [8, 7, 6, 5, 4, 3, 2, 10, 1]) % 97) : undefined;

const austria: Check = (rest) => {
  const sum = [...rest.slice(1, 8)].reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 4);
  return (10 - (sum % 10)) % 10 === last(rest);
};

const bulgaria: Check = (rest) => {
  if (rest.length !== 9) return undefined;
  const first = weighted(rest, [1, 2, 3, 4, 5, 6, 7, 8]) % 11;
  const check = first === 10 ? (weighted(rest, [3, 4, 5, 6, 7, 8, 9, 10]) % 11) % 10 : first;
  return check === last(rest);
};

const cyprus: Check = (rest) => {
  const odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
  const sum = [...rest.slice(0, 8)].reduce(
    (total, digit, at) => total + (at % 2 === 0 ? (odd[Number(digit)] ?? 0) : Number(digit)),
    0,
  );
  return String.fromCharCode(65 + (sum % 26)) === rest.at(-1);
};

/**
 * Companies: the digits by Luhn, shown as a digit or as a letter. Persons: a letter by their number, in which X, Y and
 * Z of a foreigner are 0, 1 and 2, and K, L and M are nothing.
 */
const spain: Check = (rest) => {
  const [first = '', control = ''] = [rest.at(0), rest.at(-1)];
  if (/[ABCDEFGHJNPQRSUVW]/.test(first)) {
    const digit = [...'0123456789'].find((one) => passesLuhn(`${rest.slice(1, -1)}${one}`)) ?? '';
    return control === digit || control === 'JABCDEFGHI'[Number(digit)];
  }
  const number = rest
    .slice(0, -1)
    .replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)))
    .replace(/^[KLM]/, '');
  return /^\d+$/.test(number) && control === 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(number) % 23];
};

/** Two check characters and the SIREN. With a letter among the two they are a number of base 24 or 34, I and O left out. */
const france: Check = (rest) => {
  const [key, siren] = [rest.slice(0, 2), rest.slice(2)];
  // Monaco uses French ids, whose numbers are no SIREN and begin with 000.
  if (!passesLuhn(siren) && !siren.startsWith('000')) return false;
  if (/^\d\d$/.test(key)) return Number(key) === (12 + 3 * (Number(siren) % 97)) % 97;
  const [first = 0, second = 0] = [...key].map((one) => '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ'.indexOf(one));
  const check = /^\d/.test(key) ? first * 24 + second - 10 : first * 34 + second - 100;
  return (Number(siren) + 1 + Math.floor(check / 11)) % 11 === check % 11;
};

/** Until 2013 the second character could be a letter or a sign: its digits are read as if the first stood last. */
const ireland: Check = (rest) => {
  const old = /^(\d)[A-Z+*](\d{5})([A-W])$/.exec(rest);
  const written = old === null ? rest : `0${old[2]}${old[1]}${old[3]}`;
  const match = /^(\d{7})([A-W])([A-IW]?)$/.exec(written);
  if (match === null) return undefined;
  const [, digits = '', letter, second = ''] = match;
  const extra = second === '' || second === 'W' ? 0 : (second.charCodeAt(0) - 64) * 9;
  return 'WABCDEFGHIJKLMNOPQRSTUV'[(weighted(digits, [8, 7, 6, 5, 4, 3, 2]) + extra) % 23] === letter;
};

const lithuania: Check = (rest) => {
  const sum = (shift: number) =>
    [...rest.slice(0, -1)].reduce((total, digit, at) => total + (1 + ((at + shift) % 9)) * Number(digit), 0) % 11;
  const first = sum(0);
  return (first === 10 ? sum(2) % 10 : first) === last(rest);
};

/** Companies: nine digits mod 11. Sole traders since 2020: the whole id mod 97, letters counted from 10. */
const netherlands: Check = (rest) => {
  const old = /^\d{9}/.test(rest) && weighted(rest, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0;
  if (old || /[+*]/.test(rest)) return old || undefined;
  const digits = [...`NL${rest}`].map((one) => String(Number.parseInt(one, 36))).join('');
  return BigInt(digits) % 97n === 1n;
};

const romania: Check = (rest) => {
  const padded = rest.padStart(10, '0');
  return ((weighted(padded, [7, 5, 3, 2, 1, 7, 5, 3, 2]) * 10) % 11) % 10 === last(padded);
};

/** By the letters of the state. @source European Commission, VIES: algorithms of the states, as they published them */
export const checkDigits: Readonly<Record<string, Check>> = {
  AT: austria,
  BE: (rest) => 97 - (Number(rest.slice(0, 8)) % 97) === Number(rest.slice(8)),
  BG: bulgaria,
  CY: cyprus,
  CZ: (rest) => (rest.length === 8 ? (11 - (weighted(rest, eightToTwo) % 11)) % 10 === last(rest) : undefined),
  DE: mod11and10,
  DK: mod([2, 7, 6, 5, 4, 3, 2, 1], 11),
  EE: mod([3, 7, 1, 3, 7, 1, 3, 7, 1], 10),
  EL: (rest) => (weighted(rest, [256, 128, 64, 32, 16, 8, 4, 2]) % 11) % 10 === last(rest),
  ES: spain,
  FI: mod([7, 9, 10, 5, 8, 4, 2, 1], 11),
  FR: france,
  HR: mod11and10,
  HU: mod([9, 7, 3, 1, 9, 7, 3, 1], 10),
  IE: ireland,
  IT: passesLuhn,
  LT: lithuania,
  LU: (rest) => Number(rest.slice(0, 6)) % 89 === Number(rest.slice(6)),
  LV: (rest) => (rest > '4' ? weighted(rest, [9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 === 3 : undefined),
  MT: mod([3, 4, 6, 7, 8, 9, 10, 1], 37),
  NL: netherlands,
  PL: mod([6, 5, 7, 2, 3, 4, 5, 6, 7, -1], 11),
  PT: (rest) => ((11 - (weighted(rest, [9, ...eightToTwo]) % 11)) % 11) % 10 === last(rest),
  RO: romania,
  SE: (rest) => passesLuhn(rest.slice(0, 10)),
  SI: (rest) => {
    const check = 11 - (weighted(rest, eightToTwo) % 11);
    return check !== 11 && check % 10 === last(rest);
  },
  SK: (rest) => Number(rest) % 11 === 0,
  XI: british,
};
