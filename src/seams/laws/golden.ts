import type { CalendarDate } from '../../base/calendar-date.ts';
import { canonicalJson } from '../../base/canonical-json.ts';
import type { IdentifierCheck } from '../../domain/identifiers/scheme.ts';
import type { SettlementQuestion } from '../../domain/payment-terms/settlement.ts';
import type { GoldenCase, IdentifierInput, Plugin } from '../plugin.ts';
import type { Site, TaxableInvoice } from '../site.ts';
import { type Finding, judge, must, show } from './law.ts';

/** Every golden case of a plugin is answered as written, member for member; and a site that answers has some. */
export function goldenFindings({ id, sites = [], golden = [] }: Pick<Plugin, 'id' | 'sites' | 'golden'>): Finding[] {
  const of = (code: string) => sites.find((site) => site.code === code);
  return [
    ...golden.map((one) =>
      judge(id, { number: 'G1', says: `Golden: ${one.name}.` }, () => {
        const site = of(one.site);
        must(site !== undefined, `the plugin does not bring the site "${one.site}"`);
        const found = one.rule === 'settlement' ? namedBy(one.answer, askedOf(site, one)) : askedOf(site, one);
        must(
          canonicalJson(found) === canonicalJson(one.answer),
          `it answers ${canonicalJson(found)}, and not ${show(one.answer)}`,
        );
        return undefined;
      }),
    ),
    ...sites.flatMap((site) =>
      answered(site).map((rule) =>
        judge(site.code, { number: 'G2', says: `What the site answers of ${rule} has a golden case.` }, () => {
          if (golden.some((one) => one.site === site.code && one.rule === rule)) return undefined;
          return 'the plugin brings none';
        }),
      ),
    ),
    ...sites.flatMap((site) => (site.identifiers ?? []).map(({ scheme }) => goldenOfScheme(site.code, scheme, golden))),
  ];
}

/** The questions a site answers. */
const answered = ({ settle }: Site): readonly GoldenCase['rule'][] =>
  settle === undefined ? ['tax', 'payday'] : ['tax', 'payday', 'settlement'];

/** Of an answer, the members that a case names; of a list, each entry by the entry in its place. */
function namedBy(named: unknown, answer: unknown): unknown {
  if (Array.isArray(named) && Array.isArray(answer)) return answer.map((entry, at) => namedBy(named[at], entry));
  if (!isRecord(named) || !isRecord(answer)) return answer;
  return Object.fromEntries(Object.keys(named).map((name) => [name, namedBy(named[name], answer[name])]));
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function goldenOfScheme(site: string, scheme: string, golden: readonly GoldenCase[]): Finding {
  return judge(
    site,
    { number: 'G3', says: `The scheme ${scheme} has a golden case of a good number and of a bad one.` },
    () => {
      const verdicts = golden
        .filter((one) => one.rule === 'identifier' && one.site === site)
        .filter(({ input }) => (input as IdentifierInput).scheme === scheme)
        .map(({ answer }) => (answer as IdentifierCheck).verdict);
      must(verdicts.includes('invalid'), 'the plugin brings no bad one');
      must(
        verdicts.some((verdict) => verdict !== 'invalid'),
        'the plugin brings no good one',
      );
      return undefined;
    },
  );
}

function askedOf(site: Site, { rule, input }: GoldenCase): unknown {
  switch (rule) {
    case 'tax':
      return site.tax(input as TaxableInvoice);
    case 'payday':
      return site.payday(input as CalendarDate);
    case 'settlement':
      return site.settle?.(input as SettlementQuestion);
    case 'identifier': {
      const { scheme, text } = input as IdentifierInput;
      const found = site.identifiers?.find((one) => one.scheme === scheme);
      must(found !== undefined, `the site has no scheme "${scheme}"`);
      return found.check(text);
    }
  }
}
