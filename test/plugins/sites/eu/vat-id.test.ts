import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { states } from '../../../../plugins/sites/eu/states.ts';
import { euVat, vatIdVerdict } from '../../../../plugins/sites/eu/vat-id.ts';

// One good id a state, whose check digit was made by its own rule.
const good =
  'ATU13585627 BE0428759497 BG175074752 CY10259033P CZ25123891 DE136695976 DK13585628 EE100594102 EL094259216 FI20774740 FR40303265045 HR33392005961 HU12892312 IE6433435F IT00743110157 LT119511515 LU15027442 LV40003521600 MT11679112 NL004495445B01 PL8567346215 PT501964843 RO18547290 SE556188840401 SI50223054 SK2022749619 XI980780684'.split(
    ' ',
  );

test.each(good)('E8 · %s passes its national check digit', (id) => {
  expect(vatIdVerdict(id)).toBe('valid');
});

test.each(good.filter((id) => !/^(AT|NL|SE|CY|IE)/.test(id)))('E8 · %s with another last digit does not', (id) => {
  const verdicts = Array.from({ length: 10 }, (_, digit) => vatIdVerdict(id.slice(0, -1) + digit));
  expect(verdicts.filter((verdict) => verdict === 'valid')).toHaveLength(1);
});

test.each([
  ['EL094259216', 'valid', 'Greece has EL in VAT ids'],
  ['GR094259216', 'invalid', 'and GR only in addresses'],
  ['GB980780684', 'invalid', 'Great Britain is outside'],
  ['XIGD001', 'shape-only', 'a government department of Northern Ireland'],
  ['NL004495445B01', 'valid', 'twelve characters after the letters'],
  ['NL004495445', 'invalid', 'nine are too few'],
  ['NL123456789B01', 'invalid', 'neither mod 11 nor mod 97'],
  ['NL002455799B11', 'valid', 'mod 11'],
  ['de 136.695.976', 'valid', 'as people write it'],
  ['DE136695977', 'invalid', 'another check digit'],
  ['ATU13585626', 'invalid', 'another check digit'],
  ['SE556188840400', 'invalid', 'ends in 01 to 94'],
  ['CY10259033Q', 'invalid', 'another check letter'],
  ['IE6433435G', 'invalid', 'another check letter'],
  ['ESB64717838', 'valid', 'a company of Spain'],
  ['ESB64717839', 'invalid', 'another check digit'],
  ['BG1234567890', 'shape-only', 'a kind of number that is not computed here'],
  ['LU20260743', 'valid', ''],
  ['LU26375245', 'valid', ''],
  ['DE12345678', 'invalid', 'eight digits'],
  ['ZZ123456789', 'invalid', 'no state'],
  ['', 'invalid', 'nothing'],
])('E8 · %s is %s: %s', (id, verdict) => {
  expect(vatIdVerdict(id)).toBe(verdict);
});

test('E8 · every state has its shape: 27 and Northern Ireland', () => {
  expect(states).toHaveLength(28);
  for (const state of states) expect(euVat.check(state).reason).toMatchObject({ code: 'WRONG_SHAPE' });
  expect(states.filter((state) => !good.some((id) => id.startsWith(state)))).toEqual(['ES']);
});

const reference = new URL('../../../../../shared/reference/localisation/vat-id-formats.csv', import.meta.url);
const there = existsSync(reference);
if (!there) console.log('skipped: no table of VAT ids in ../shared');

test.skipIf(!there)(
  'E8 · the collected table of formats has no state that is not here, and its examples are valid',
  () => {
    const rows = readFileSync(reference, 'utf8').trim().split(/\r?\n/).slice(1);
    const prefixes = rows.map((row) => row.split(',')[1]?.slice(0, 2)).filter((prefix) => prefix !== 'GB');
    expect(prefixes.sort()).toEqual([...states].sort());
    const examples = rows.map((row) => row.split(',').at(-1) ?? '').filter((id) => id !== '' && !id.startsWith('GB'));
    expect(examples.length).toBeGreaterThan(20);
    expect(examples.filter((id) => vatIdVerdict(id) !== 'valid')).toEqual([]);
  },
);
