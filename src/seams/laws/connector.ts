import fc from 'fast-check';
import { canonicalJson } from '../../base/canonical-json.ts';
import type { AccountProfile, Connector, Translation } from '../connector.ts';
import { anyBytes, damaged, type RecordedDocument, received, unknownKind } from './documents.ts';
import { type Effort, type Finding, judge, judgeMany, type Law, must, show, usualEffort } from './law.ts';
import { watchOutside } from './outside.ts';
import { mustBeTranslation } from './translation-shape.ts';

const laws = {
  name: { number: 'C1', says: 'A connector has a name of lower-case words, since it stands in every source.' },
  recognise: { number: 'C2', says: 'Any file is recognised or not, the same way twice; nothing is thrown.' },
  total: {
    number: 'C3',
    says: 'Any bytes are translated without a throw, into whole facts with a subject and a moment.',
  },
  damage: {
    number: 'C4',
    says: 'A document that arrives damaged is still translated, part by part; nothing is thrown.',
  },
  same: { number: 'C5', says: 'The same bytes say the same, and are not changed by being read.' },
  outside: { number: 'C6', says: 'What a document says comes from it alone: no clock, no chance, no network.' },
  unknown: { number: 'C7', says: 'What cannot be read is told, never passed over in silence.' },
  recorded: { number: 'C8', says: 'A recorded document is recognised and says what it said.' },
} satisfies Record<string, Law>;

/**
 * Judge how a connector reads documents. How it pulls them needs a source to pull from: see `pullFindings`.
 *
 * @param recorded documents of the connector with what they say; without any, only noise can be tried
 * @param account  whose documents the noise is taken for
 */
export function connectorFindings(
  connector: Connector,
  recorded: readonly RecordedDocument[],
  account: AccountProfile,
  effort: Effort = usualEffort,
): Finding[] {
  const of = connector.name;
  const kinds = [...new Set([...recorded.map((one) => kindOf(connector, one)), unknownKind])];
  const noise = fc
    .record({ kind: fc.constantFrom(...kinds), bytes: anyBytes, origin: fc.constantFrom('a.json', 'a.csv', 'a') })
    .map(({ kind, bytes, origin }) => received(kind, bytes, origin));
  const worn = recorded.map((one) =>
    damaged(one.bytes).map((bytes) => ({
      document: received(kindOf(connector, one), bytes, one.name),
      account: one.account,
    })),
  );
  const documents = fc.oneof(
    noise.map((document) => ({ document, account })),
    ...worn,
  );

  return [
    judge(of, laws.name, () => {
      must(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(of), `the name "${of}" is not lower-case words joined by hyphens`);
      return undefined;
    }),
    judgeMany(
      of,
      laws.recognise,
      fc.tuple(anyBytes, fc.string({ maxLength: 20 })),
      ([bytes, name]) => {
        const kind = connector.recognise(bytes, name);
        must(kind === undefined || (typeof kind === 'string' && kind !== ''), `it is recognised as ${show(kind)}`);
        must(connector.recognise(bytes, name) === kind, `it is recognised as ${show(kind)}, and then otherwise`);
        return true;
      },
      effort,
    ),
    judgeMany(
      of,
      laws.total,
      noise,
      (document) => {
        mustBeTranslation(connector.translate(document, account));
        return true;
      },
      effort,
    ),
    worn.length === 0
      ? { ...laws.damage, of, verdict: 'not-asked', because: 'there is no recorded document to damage' }
      : judgeMany(
          of,
          laws.damage,
          fc.oneof(...worn),
          (one) => {
            mustBeTranslation(connector.translate(one.document, one.account));
            return true;
          },
          effort,
        ),
    judgeMany(
      of,
      laws.same,
      documents,
      (one) => {
        const before = Buffer.from(one.document.bytes).toString('hex');
        const first = said(connector.translate(one.document, one.account));
        must(Buffer.from(one.document.bytes).toString('hex') === before, 'its bytes are changed by being read');
        const again = said(connector.translate(one.document, one.account));
        must(first === again, `it says ${first.slice(0, 300)}, and then ${again.slice(0, 300)}`);
        return true;
      },
      effort,
    ),
    judgeMany(
      of,
      laws.outside,
      documents,
      (one) => {
        const { touched } = watchOutside(() => connector.translate(one.document, one.account));
        must(touched.length === 0, `it uses ${touched.join(', ')}`);
        return true;
      },
      effort,
    ),
    judgeMany(
      of,
      laws.unknown,
      anyBytes.map((bytes) => received(unknownKind, bytes, 'a.json')),
      (document) => {
        const { facts, unreadable } = connector.translate(document, account);
        must(facts.length === 0, `a document of an unknown kind says ${show(facts)}`);
        must(unreadable.length > 0, 'a document of an unknown kind is passed over in silence');
        return true;
      },
      effort,
    ),
    ...recordedFindings(connector, recorded),
  ];
}

function recordedFindings(connector: Connector, recorded: readonly RecordedDocument[]): Finding[] {
  if (recorded.length === 0) {
    return [{ ...laws.recorded, of: connector.name, verdict: 'not-asked', because: 'there is no recorded document' }];
  }
  return recorded.map((one) =>
    judge(
      connector.name,
      { ...laws.recorded, says: `Recorded: ${one.name} is recognised and says what it said.` },
      () => {
        const kind = connector.recognise(one.bytes, one.name);
        must(kind !== undefined, 'it is not recognised');
        const translation = connector.translate(received(kind, one.bytes, one.name), one.account);
        mustBeTranslation(translation);
        if (one.says === undefined) return 'nobody wrote down what it says';
        const found = canonicalJson({ kind, ...translation });
        must(found === one.says, `${firstDifference(one.says, found)}`);
        return undefined;
      },
    ),
  );
}

const kindOf = (connector: Connector, { bytes, name }: RecordedDocument): string => {
  try {
    return connector.recognise(bytes, name) ?? unknownKind;
  } catch {
    return unknownKind;
  }
};
const said = (translation: Translation): string => canonicalJson(translation);

/** Two long texts, from a little before they part. */
function firstDifference(written: string, found: string): string {
  let at = 0;
  while (at < written.length && written[at] === found[at]) at++;
  const around = (one: string) => `…${one.slice(Math.max(0, at - 60), at + 120)}…`;
  return `it was ${around(written)} and is ${around(found)}`;
}
