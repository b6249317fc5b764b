import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ibanLengths } from '../../src/domain/identifiers/iban-lengths.ts';
import { internationalSchemes } from '../../src/domain/identifiers/international.ts';
import type { IdentifierCheck, IdentifierScheme } from '../../src/domain/identifiers/scheme.ts';

const scheme = (name: string): IdentifierScheme => {
  const found = internationalSchemes.find((one) => one.scheme === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
};
/** A line of the table: the number, its verdict, how it is shown or why it is not good. */
const said = ({ verdict, display, reason }: IdentifierCheck) =>
  verdict === 'invalid' ? [verdict, reason?.code] : [verdict, display];

describe.each([
  ['IBAN', 'DE89370400440532013000', 'valid', 'DE89 3704 0044 0532 0130 00', 'Germany'],
  ['IBAN', 'gb29 nwbk 6016 1331 9268 19', 'valid', 'GB29 NWBK 6016 1331 9268 19', 'as people write it'],
  ['IBAN', 'NO9386011117947', 'valid', 'NO93 8601 1117 947', 'the shortest'],
  ['IBAN', 'FR1420041010050500013M02606', 'valid', 'FR14 2004 1010 0505 0001 3M02 606', 'letters inside'],
  ['IBAN', 'NL91ABNA0417164300', 'valid', 'NL91 ABNA 0417 1643 00', 'the Netherlands'],
  ['IBAN', 'DE88370400440532013000', 'invalid', 'WRONG_CHECK_DIGIT', 'another check digit'],
  ['IBAN', 'DE89370400440532031000', 'invalid', 'WRONG_CHECK_DIGIT', 'two digits changed places'],
  ['IBAN', 'DE8937040044053201300', 'invalid', 'WRONG_LENGTH', 'a digit short'],
  ['IBAN', 'US89370400440532013000', 'invalid', 'UNKNOWN_PREFIX', 'the United States have none'],
  ['IBAN', '89370400440532013000', 'invalid', 'WRONG_SHAPE', 'no country'],
  ['BIC', 'DEUTDEFF', 'shape-only', 'DEUTDEFF', 'a bank'],
  ['BIC', 'deut de ff 500', 'shape-only', 'DEUTDEFF500', 'and its branch'],
  ['BIC', 'DEUTDEF', 'invalid', 'WRONG_LENGTH', 'seven'],
  ['BIC', 'DEUT99FF', 'invalid', 'WRONG_SHAPE', 'no country'],
  ['GLN', '4012345000009', 'valid', '4012345000009', 'a place'],
  ['GLN', '4012345000008', 'invalid', 'WRONG_CHECK_DIGIT', 'another check digit'],
  ['GLN', '401234500000', 'invalid', 'WRONG_LENGTH', 'twelve'],
  ['GLN', '401234500000A', 'invalid', 'WRONG_SHAPE', 'a letter'],
  ['SSCC', '340123450000000017', 'valid', '(00) 340123450000000017', 'a pallet'],
  ['SSCC', '00340123450000000017', 'valid', '(00) 340123450000000017', 'as scanned'],
  ['SSCC', '(00) 3 4012345 000000001 7', 'valid', '(00) 340123450000000017', 'as printed'],
  ['SSCC', '340123450000000018', 'invalid', 'WRONG_CHECK_DIGIT', 'another check digit'],
  ['SSCC', '34012345000000001', 'invalid', 'WRONG_LENGTH', 'seventeen'],
  ['GTIN', '4006381333931', 'valid', '4006381333931', 'an EAN'],
  ['GTIN', '036000291452', 'valid', '036000291452', 'a UPC'],
  ['GTIN', '96385074', 'valid', '96385074', 'a short EAN'],
  ['GTIN', '4006381333932', 'invalid', 'WRONG_CHECK_DIGIT', 'another check digit'],
  ['GTIN', '40063813339', 'invalid', 'WRONG_LENGTH', 'eleven'],
])('%s', (name, text, ...rest) => {
  test(`${text} · ${rest[2]}`, () => {
    expect(said(scheme(name).check(text))).toEqual(rest.slice(0, 2));
  });
});

test('every one has a name and a source, and stands once', () => {
  const names = internationalSchemes.map((one) => one.scheme);
  expect(names).toEqual(['BIC', 'GLN', 'GTIN', 'IBAN', 'SSCC']);
  for (const { name, source } of internationalSchemes)
    expect([name, source].every((text) => text.length > 5)).toBe(true);
});

/** The check digits of an IBAN that is still without. */
const withCheckDigits = (country: string, rest: string): string => {
  const digits = [...`${rest}${country}00`].map((one) => Number.parseInt(one, 36)).join('');
  return `${country}${String(98n - (BigInt(digits) % 97n)).padStart(2, '0')}${rest}`;
};
const ibans = fc
  .constantFrom(...ibanLengths)
  .chain(([country, length]) =>
    fc.stringMatching(new RegExp(`^[A-Z0-9]{${length - 4}}$`)).map((rest) => withCheckDigits(country, rest)),
  );

describe('laws', () => {
  test('an IBAN with its check digits is valid in every country, and shown in fours', () => {
    fc.assert(
      fc.property(ibans, (number) => {
        const { verdict, normalised, display } = scheme('IBAN').check(number);
        expect([verdict, normalised, display.replaceAll(' ', '')]).toEqual(['valid', number, number]);
        expect(display).toMatch(/^(\S{4} )*\S{1,4}$/);
      }),
    );
  });

  test('one check number is right and the other 99 are not, also where they would pass by the remainder', () => {
    fc.assert(
      fc.property(ibans, (number) => {
        const all = Array.from(
          { length: 100 },
          (_, n) => number.slice(0, 2) + String(n).padStart(2, '0') + number.slice(4),
        );
        expect(all.filter((one) => scheme('IBAN').check(one).verdict === 'valid')).toEqual([number]);
      }),
      { numRuns: 30 },
    );
  });

  test('a GS1 key tells every single wrong digit', () => {
    const wrong = fc.tuple(fc.nat(17), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(wrong, ([at, more]) => {
        const good = '340123450000000017';
        const digit = (Number(good[at]) + more) % 10;
        expect(scheme('SSCC').check(good.slice(0, at) + digit + good.slice(at + 1)).verdict).toBe('invalid');
      }),
    );
  });

  test('any text is answered, and what was normalised or shown is answered the same', () => {
    const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[0-9A-Z .()-]{0,24}$/), ibans);
    fc.assert(
      fc.property(fc.constantFrom(...internationalSchemes), text, ({ check }, given) => {
        const { verdict, normalised, display, reason } = check(given);
        expect(check(normalised)).toMatchObject({ verdict, normalised });
        expect(check(display)).toMatchObject({ verdict, normalised });
        expect(reason === undefined).toBe(verdict === 'valid');
      }),
    );
  });
});
