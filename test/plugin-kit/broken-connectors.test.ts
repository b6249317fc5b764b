import { expect, test } from 'vitest';
import type { AccountId, PurchaseOrderNumber } from '../../src/base/ids.ts';
import { instant } from '../../src/base/instant.ts';
import type { Fact } from '../../src/domain/facts.ts';
import type { Connector, PulledBatch, Translation } from '../../src/seams/connector.ts';
import { connectorFindings } from '../../src/seams/laws/connector.ts';
import type { RecordedDocument } from '../../src/seams/laws/documents.ts';
import { pullFindings } from '../../src/seams/laws/pull.ts';
import { anAccount } from '../builders/account.ts';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytes = (value: string) => new TextEncoder().encode(value);
const nothing: Translation = { facts: [], warnings: [], unreadable: [] };
const unreadable = (message: string): Translation => ({
  ...nothing,
  unreadable: [{ code: 'UNKNOWN_DOCUMENT', at: '', message }],
});
const stated = (orderNumber: string, more: object = {}): Translation => ({
  ...nothing,
  facts: [
    {
      at: '/0',
      fact: {
        kind: 'order-progress-stated',
        orderNumber: orderNumber as PurchaseOrderNumber,
        asOf: instant('2026-11-01T00:00:00Z'),
        lines: [],
        ...more,
      } as unknown as Fact,
    },
  ],
});

/** Documents are a line of text, `order NUMBER`; the source has five of them. */
const good: Connector = {
  name: 'line-of-text',
  recognise: (content) => (text(content).startsWith('order ') ? 'order' : undefined),
  translate: ({ kind, bytes: content }) => {
    const [, number] = /^order (\w+)$/.exec(text(content)) ?? [];
    return kind === 'order' && number !== undefined
      ? stated(number)
      : unreadable('expected a line such as "order 4XK2"');
  },
  async *pull(_context, cursor) {
    for (let at = Number(cursor?.at ?? 0); at < 5; at++) yield batchOf(at);
  },
};
const batchOf = (at: number): PulledBatch => ({
  documents: [
    {
      kind: 'order',
      bytes: bytes(`order N${at}`),
      mediaType: 'text/plain',
      receivedAt: instant('2026-11-23T00:00:00Z'),
      origin: `line ${at}`,
    },
  ],
  cursor: { at: at + 1 },
  progress: (at + 1) / 5,
});
const recorded: readonly RecordedDocument[] = [{ name: 'one.txt', bytes: bytes('order 4XK2'), account: anAccount() }];
let calls = 0;

const ways: readonly (readonly [law: string, what: string, change: Partial<Connector>])[] = [
  ['C1', 'a name with capitals', { name: 'My EDI' }],
  ['C2', 'recognising by parsing what may not be JSON', { recognise: (content) => JSON.parse(text(content)).kind }],
  [
    'C3',
    'parsing what may not be JSON',
    { translate: ({ bytes: content }) => stated(JSON.parse(text(content)).order) },
  ],
  ['C3', 'a fact without a subject', { translate: () => stated('') }],
  ['C3', 'a fact at no moment', { translate: () => stated('A', { asOf: '2026-11-01' }) }],
  ['C3', 'a binary fraction', { translate: () => stated('A', { quantity: 1.5 }) }],
  [
    'C4',
    'trusting what is damaged',
    {
      translate: (one, account) =>
        one.kind === 'order'
          ? stated(/^order (\w+)$/.exec(text(one.bytes))?.[1]?.toUpperCase() ?? '')
          : good.translate(one, account),
    },
  ],
  ['C5', 'counting documents', { translate: () => stated(`N${calls++}`) }],
  [
    'C5',
    'changing the bytes',
    {
      translate: (one, account) => {
        const said = good.translate(one, account);
        one.bytes.fill(32);
        return said;
      },
    },
  ],
  [
    'C6',
    'the day it is read',
    { translate: () => stated('A', { asOf: new Date(Math.floor(Date.now() / 1e9) * 1e9).toISOString() }) },
  ],
  ['C7', 'silence', { translate: () => nothing }],
  ['C8', 'a kind it no longer knows', { recognise: () => undefined }],
];

test('a good connector keeps every law', () => {
  const findings = connectorFindings(
    good,
    [
      {
        ...recorded[0],
        says: JSON.stringify({ facts: stated('4XK2').facts, kind: 'order', unreadable: [], warnings: [] }),
      } as RecordedDocument,
    ],
    anAccount(),
  );
  // Canonical JSON sorts members; the one written above does not sort those of the fact.
  expect(findings.filter(({ number }) => number !== 'C8').map(({ verdict }) => verdict)).toEqual(Array(7).fill('kept'));
});

test.each(ways)('%s catches %s', (law, _what, change) => {
  const findings = connectorFindings({ ...good, ...change }, recorded, anAccount(), { runs: 120, seed: 7 });
  expect(findings.find(({ number }) => number === law)).toMatchObject({ verdict: 'broken' });
});

const context = () => ({
  account: anAccount({ accountId: 'a' as AccountId }),
  settings: {},
  signal: AbortSignal.timeout(5_000),
  log: { info: () => {}, warn: () => {} },
  now: () => instant('2026-11-23T17:00:00Z'),
});

test('a good connector pulls by the laws', async () => {
  expect((await pullFindings(good, context)).map(({ verdict }) => verdict)).toEqual(Array(4).fill('kept'));
});

test.each([
  [
    'C9',
    'progress that goes back',
    async function* () {
      yield { ...batchOf(0), progress: 0.9 };
      yield { ...batchOf(1), progress: 0.1 };
    },
  ],
  [
    'C10',
    'a cursor that is no plain JSON',
    async function* () {
      yield { ...batchOf(0), cursor: { at: { toJSON: () => ({ at: Math.random() }) } } };
    },
  ],
  [
    'C11',
    'skipping a batch after a crash',
    async function* (_context: unknown, cursor: { at?: unknown } | undefined) {
      for (let at = Number(cursor?.at ?? -1) + 1; at < 5; at++) yield batchOf(at);
    },
  ],
  [
    'C12',
    'pulling what cannot be translated',
    async function* () {
      yield {
        ...batchOf(0),
        documents: [
          {
            ...batchOf(0).documents[0],
            kind: 'order',
            bytes: null as never,
            mediaType: '',
            receivedAt: instant('2026-11-23T00:00:00Z'),
            origin: '',
          },
        ],
      };
    },
  ],
] as const)('%s catches %s', async (law, _what, pull) => {
  const findings = await pullFindings({ ...good, pull: pull as Connector['pull'] }, context);
  expect(findings.find(({ number }) => number === law)).toMatchObject({ verdict: 'broken' });
});
