import {
  type GoldenCase,
  type IdentifierCheck,
  type IdentifierInput,
  invalidIdentifier,
  shapeOnly,
  validIdentifier,
} from 'acorn/plugin';

const vatId = (name: string, text: string, answer: IdentifierCheck): GoldenCase => ({
  rule: 'identifier',
  name: `E8: ${name}`,
  site: 'EU',
  input: { scheme: 'EU-VAT', text } satisfies IdentifierInput,
  answer,
});
const good = (text: string, name = `a good one of ${text.slice(0, 2)}`) => vatId(name, text, validIdentifier(text));
const prefix = (name: string, text: string, message: string) =>
  vatId(name, text, invalidIdentifier(text, 'UNKNOWN_PREFIX', message));
const shape = (name: string, text: string, says: string) => {
  const state = text.slice(0, 2);
  return vatId(name, text, invalidIdentifier(text, 'WRONG_SHAPE', `a VAT id of ${state} is ${state} and ${says}`));
};
const checkDigit = (name: string, text: string) =>
  vatId(
    name,
    text,
    invalidIdentifier(text, 'WRONG_CHECK_DIGIT', `the check digit by the rule of ${text.slice(0, 2)} is another`),
  );
const unchecked = (name: string, text: string) =>
  vatId(
    name,
    text,
    shapeOnly(
      text,
      'NO_CHECK_DIGIT',
      `this kind of number of ${text.slice(0, 2)} has no check digit that is known here`,
    ),
  );

/** VAT ids with the verdicts that must come: each state's, and each state's traps. */
export const goldenIdentifiers: readonly GoldenCase[] = [
  ...'ATU13585627 BE0428759497 BG175074752 CY10259033P CZ25123891 DE136695976 DK13585628 EE100594102 EL094259216 ESB64717838 FI20774740 FR40303265045 HR33392005961 HU12892312 IE6433435F IT00743110157 LT119511515 LU15027442 LV40003521600 MT11679112 NL004495445B01 PL8567346215 PT501964843 RO18547290 SE556188840401 SI50223054 SK2022749619 XI980780684'
    .split(' ')
    .map((text) => good(text)),
  vatId('as people write it', 'de 136.695.976', validIdentifier('DE136695976')),
  prefix('Greece by its letters in addresses', 'GR094259216', 'Greece is EL in VAT ids, and GR only in addresses'),
  prefix('Great Britain', 'GB980780684', 'Great Britain is outside the union; Northern Ireland is XI'),
  prefix('no state', 'ZZ123456789', 'a VAT id begins with the two letters of a state'),
  unchecked('a government department of Northern Ireland', 'XIGD001'),
  unchecked('a person in Bulgaria', 'BG1234567890'),
  good('NL002455799B11', 'the Netherlands by the nine digits'),
  good('NL123456789B13', 'a sole trader of the Netherlands, by the whole id'),
  checkDigit('the Netherlands by neither', 'NL123456789B01'),
  shape('the Netherlands without its last three', 'NL004495445', '9 characters, B, and 2 digits'),
  good('ESX5253868R', 'a foreigner in Spain'),
  good('ES54362315K', 'a person in Spain'),
  good('ESM1234567L', 'a foreigner in Spain without a number'),
  checkDigit('a company of Spain', 'ESB64717839'),
  checkDigit('a person in Spain', 'ES54362315L'),
  good('FR53000004605', 'Monaco, whose numbers are no SIREN'),
  good('FRK7399859412', 'France, letter first'),
  good('FR4Z123456782', 'France, letter second'),
  checkDigit('France, letter first', 'FRK8399859412'),
  good('IE8D79739I', 'Ireland before 2013'),
  good('IE6433435OA', 'Ireland with two letters'),
  checkDigit('Ireland before 2013', 'IE8D79738J'),
  checkDigit('Germany', 'DE136695977'),
  checkDigit('Greece', 'EL094259215'),
  shape('Germany with eight digits', 'DE12345678', '9 digits'),
  shape('Sweden ending in 00', 'SE556188840400', '12 digits, the last two 01 to 94'),
];
