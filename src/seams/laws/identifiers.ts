import fc from 'fast-check';
import { canonicalJson } from '../../base/canonical-json.ts';
import type { IdentifierCheck, IdentifierScheme } from '../../domain/identifiers/scheme.ts';
import type { GoldenCase, IdentifierInput } from '../plugin.ts';
import type { Site } from '../site.ts';
import { type Effort, type Finding, judgeMany, type Law, must, show } from './law.ts';

const laws = {
  answers: { number: 'N1', says: 'An identifier scheme answers any text, and the same text the same way.' },
  stable: { number: 'N2', says: 'What a scheme normalised, and what it shows, it judges as it judged the text.' },
  reasons: { number: 'N3', says: 'A number that is not simply valid has its reason, and a valid one has none.' },
} satisfies Record<string, Law>;

/** The laws of the schemes a site brings, tried with its golden numbers, with those damaged, and with any text. */
export function identifierFindings(site: Site, golden: readonly GoldenCase[], effort: Effort): Finding[] {
  return (site.identifiers ?? []).flatMap((scheme) => {
    const texts = textsFor(scheme, site, golden);
    const of = `${site.code} ${scheme.scheme}`;
    const each = (law: Law, look: (text: string, found: IdentifierCheck) => void): Finding =>
      judgeMany(
        of,
        law,
        texts,
        (text) => {
          look(text, scheme.check(text));
          return true;
        },
        effort,
      );
    return [
      each(laws.answers, (text, found) => {
        must(['valid', 'shape-only', 'invalid'].includes(found.verdict), `its verdict is ${show(found.verdict)}`);
        must(canonicalJson(scheme.check(text)) === canonicalJson(found), 'asked again it answers another thing');
      }),
      each(laws.stable, (_text, { verdict, normalised, display }) => {
        for (const again of [normalised, display].map((shown) => scheme.check(shown))) {
          must(again.verdict === verdict, `${show(verdict)} becomes ${show(again.verdict)}`);
          must(again.normalised === normalised, `${show(normalised)} becomes ${show(again.normalised)}`);
        }
      }),
      each(laws.reasons, (_text, { verdict, reason }) => {
        must(
          (verdict === 'valid') === (reason === undefined),
          `a verdict of ${verdict} has the reason ${show(reason)}`,
        );
        must(reason === undefined || reason.message.trim() !== '', 'the reason says nothing');
      }),
    ];
  });
}

/** The golden numbers of a scheme, the same with a few characters changed, and any text at all. */
function textsFor({ scheme }: IdentifierScheme, { code }: Site, golden: readonly GoldenCase[]): fc.Arbitrary<string> {
  const known = golden
    .filter((one) => one.rule === 'identifier' && one.site === code)
    .map(({ input }) => input as IdentifierInput)
    .filter((input) => input.scheme === scheme)
    .map(({ text }) => text);
  const anything = fc.string({ unit: 'grapheme', maxLength: 40 });
  if (known.length === 0) return anything;
  const damaged = fc
    .tuple(fc.constantFrom(...known), fc.nat(20), fc.nat(2), fc.stringMatching(/^[0-9A-Za-z .-]{0,2}$/))
    .map(([text, at, gone, put]) => text.slice(0, at) + put + text.slice(at + gone));
  return fc.oneof(fc.constantFrom(...known), damaged, anything);
}
