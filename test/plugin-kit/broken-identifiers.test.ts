import { expect, test } from 'vitest';
import jp from '../../plugins/sites/jp/index.ts';
import type { IdentifierCheck, IdentifierScheme } from '../../src/domain/identifiers/scheme.ts';
import { goldenFindings } from '../../src/seams/laws/golden.ts';
import { identifierFindings } from '../../src/seams/laws/identifiers.ts';
import type { Site } from '../../src/seams/site.ts';

const [site] = jp.sites ?? [];
const [good] = site?.identifiers ?? [];
if (site === undefined || good === undefined) throw new Error('Japan brings its registration number');
const golden = jp.golden ?? [];
const effort = { runs: 200, seed: 7 };
const answers = [1, 2, 3].values();

/** The good scheme, changed. */
const withScheme = (change: (found: IdentifierCheck, text: string) => IdentifierCheck): Site => ({
  ...site,
  identifiers: [{ ...good, check: (text) => change(good.check(text), text) } satisfies IdentifierScheme],
});

test.each<readonly [string, string, Site]>([
  [
    'N1',
    'a throw at what is no number',
    withScheme((found) => {
      if (found.reason?.code === 'WRONG_SHAPE') throw new TypeError('digits is undefined');
      return found;
    }),
  ],
  ['N1', 'a verdict nobody knows', withScheme((found) => ({ ...found, verdict: 'fine' as never }))],
  ['N1', 'another answer each time', withScheme((found) => ({ ...found, display: `${answers.next().value}` }))],
  [
    'N2',
    'a form that it does not understand itself',
    withScheme((found) => ({ ...found, display: `No. ${found.display}` })),
  ],
  [
    'N2',
    'a normal form that is none',
    withScheme((found, text) => ({ ...found, normalised: `${found.normalised}${text.length}` })),
  ],
  ['N3', 'no reason for a doubt', withScheme(({ verdict, normalised, display }) => ({ verdict, normalised, display }))],
  [
    'N3',
    'a reason that says nothing',
    withScheme((found) => ({ ...found, ...(found.reason && { reason: { ...found.reason, message: ' ' } }) })),
  ],
])('%s is broken by %s', (number, _what, broken) => {
  const found = identifierFindings(broken, golden, effort).find((one) => one.number === number);
  expect(found).toMatchObject({ verdict: 'broken', of: 'JP JP-T' });
  expect(found?.because).toContain('found with');
});

test.each([
  ['a good one', 'invalid'],
  ['a bad one', 'valid'],
])('G3 is broken without %s among the golden cases', (what, only) => {
  const some = golden.filter(
    ({ rule, answer }) => rule === 'identifier' && (answer as IdentifierCheck).verdict === only,
  );
  const found = goldenFindings({ id: jp.id, sites: [site], golden: some }).find(({ number }) => number === 'G3');
  expect(found).toMatchObject({ verdict: 'broken', because: expect.stringContaining(what.replace('a ', 'no ')) });
});

test('the good one breaks none, and each law is asked', () => {
  expect(identifierFindings(site, golden, effort).map(({ number, verdict }) => `${number} ${verdict}`)).toEqual([
    'N1 kept',
    'N2 kept',
    'N3 kept',
  ]);
});
