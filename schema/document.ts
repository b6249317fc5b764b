import { never } from '../src/base/invariant.ts';
import { builder } from './builder.ts';
import type { RetryOutcome } from './context.ts';
import { all, among, before, ofAccounts, since } from './filtering.ts';
import { keyOf } from './ids.ts';
import { orderings } from './ordering.ts';
import { pageOf } from './paging.ts';
import { Refused } from './refused-type.ts';

export const RawDocument = builder.prismaNode('RawDocument', {
  description: 'A document as received, kept byte for byte. Every fact leads back to one.',
  id: { field: 'accountId_sha256', description: 'Opaque id, the same for ever.' },
  nullable: true,
  authScopes: { 'document:read': true },
  // The bytes may be many and are not shown here.
  select: { accountId: true, sha256: true },
  fields: (t) => ({
    sha256: t.exposeString('sha256', { description: 'SHA-256 of its bytes, 64 hexadecimal digits.' }),
    connector: t.exposeString('connector', { description: 'Which connector brought it, such as sp-api.' }),
    kind: t.exposeString('kind', { description: "What it is, in the connector's words, such as getPurchaseOrders." }),
    mediaType: t.exposeString('mediaType', { description: 'Its media type, such as application/json.' }),
    origin: t.exposeString('origin', { description: 'Where it came from: a path and query, or a file name.' }),
    receivedAt: t.expose('receivedAt', { type: 'Instant', description: 'When it first reached us.' }),
    size: t.exposeInt('size', { description: 'Its size in bytes.' }),
    account: t.relation('account', {
      nullable: true,
      description: 'Its account.',
      authScopes: { 'account:read': true },
    }),
  }),
});

const ParkedDocument = builder.prismaNode('ParkedDocument', {
  description: 'A document, or a part of one, that could not be read. The rest of it landed.',
  id: { field: 'accountId_id', description: 'Opaque id, the same for ever.' },
  nullable: true,
  authScopes: { 'document:read': true },
  fields: (t) => ({
    at: t.exposeString('at', {
      description: 'Where in the document: a JSON pointer or segment position; empty for the whole.',
    }),
    code: t.exposeString('code', {
      description: 'Why, for a program: NOT_JSON, MISSING_MEMBER, NOT_A_DATE, NOT_AN_AMOUNT, …',
    }),
    message: t.exposeString('message', { description: 'Why, for a person: what was expected, what was found.' }),
    parkedAt: t.expose('parkedAt', { type: 'Instant', description: 'When it was parked.' }),
    attempts: t.exposeInt('attempts', { description: 'How often reading it was tried.' }),
    lastTriedAt: t.expose('lastTriedAt', { type: 'Instant', description: 'When it was last tried.' }),
    resolvedAt: t.expose('resolvedAt', {
      type: 'Instant',
      nullable: true,
      description: 'When it could be read at last; null while it waits.',
    }),
    document: t.relation('document', { description: 'The document as received.' }),
    account: t.relation('account', {
      nullable: true,
      description: 'Its account.',
      authScopes: { 'account:read': true },
    }),
  }),
});

const ContractWarning = builder.prismaNode('ContractWarning', {
  description: 'Amazon departed from its own contract, and it was read all the same.',
  id: { field: 'accountId_id', description: 'Opaque id, the same for ever.' },
  nullable: true,
  authScopes: { 'document:read': true },
  fields: (t) => ({
    connector: t.exposeString('connector', { description: 'Which connector noticed.' }),
    kind: t.exposeString('kind', { description: "Kind of document, in the connector's words." }),
    code: t.exposeString('code', { description: 'UNKNOWN_VALUE, UNEXPECTED_SHAPE, MISSING_MEMBER or NORMALISED.' }),
    member: t.exposeString('member', { description: 'Which member, as a JSON pointer without positions.' }),
    found: t.exposeString('found', { description: 'What was found, shortened.' }),
    documents: t.exposeInt('documents', { description: 'In how many documents it was seen.' }),
    firstSeenAt: t.expose('firstSeenAt', { type: 'Instant', description: 'When it was first seen.' }),
    lastSeenAt: t.expose('lastSeenAt', { type: 'Instant', description: 'When it was last seen.' }),
    document: t.relation('document', { description: 'The first document that showed it.' }),
    account: t.relation('account', {
      nullable: true,
      description: 'Its account.',
      authScopes: { 'account:read': true },
    }),
  }),
});

const ParkedDocumentFilter = builder.inputType('ParkedDocumentFilter', {
  description: 'Which parked documents. Every member narrows; an absent one does not, an empty list matches nothing.',
  fields: (t) => ({
    accounts: t.idList({ description: 'Of these accounts.' }),
    sites: t.stringList({ description: 'At these sites: US, CA, EU, JP.' }),
    codes: t.stringList({ description: 'Parked for one of these reasons.' }),
    resolved: t.boolean({ description: 'True: those that could be read at last. False: those that wait.' }),
    parkedSince: t.field({ type: 'Instant', description: 'Parked at this moment or later.' }),
    parkedBefore: t.field({ type: 'Instant', description: 'Parked before this moment.' }),
  }),
});

const ContractWarningFilter = builder.inputType('ContractWarningFilter', {
  description: 'Which warnings. Every member narrows; an absent one does not, an empty list matches nothing.',
  fields: (t) => ({
    accounts: t.idList({ description: 'Of these accounts.' }),
    sites: t.stringList({ description: 'At these sites: US, CA, EU, JP.' }),
    codes: t.stringList({ description: 'With one of these codes.' }),
    kinds: t.stringList({ description: 'About one of these kinds of document.' }),
    seenSince: t.field({ type: 'Instant', description: 'Last seen at this moment or later.' }),
  }),
});

const parkedOrder = orderings(
  'ParkedDocumentOrder',
  { PARKED_AT: { column: 'parkedAt', of: 'the moment it was parked' } },
  ['accountId', 'id'],
);
const warningOrder = orderings(
  'ContractWarningOrder',
  {
    LAST_SEEN_AT: { column: 'lastSeenAt', of: 'the moment it was last seen' },
    DOCUMENTS: { column: 'documents', of: 'how often it was seen' },
  },
  ['accountId', 'id'],
);

builder.queryFields((t) => ({
  parkedDocuments: t.prismaConnection(
    {
      type: ParkedDocument,
      cursor: 'accountId_id',
      nullable: true,
      description: 'What could not be read, newest first unless you say otherwise.',
      authScopes: { 'document:read': true },
      args: {
        filter: t.arg({ type: ParkedDocumentFilter, description: 'Which.' }),
        orderBy: t.arg({
          type: parkedOrder.type,
          required: true,
          defaultValue: 'PARKED_AT_DESC',
          description: 'In which order.',
        }),
      },
      resolve: (query, _root, { filter, orderBy }, { db }) =>
        db.parkedDocument.findMany({
          ...query,
          where: all(
            ofAccounts(filter ?? {}),
            among('code', filter?.codes),
            filter?.resolved == null ? {} : { resolvedAt: filter.resolved ? { not: null } : null },
            since('parkedAt', filter?.parkedSince),
            before('parkedAt', filter?.parkedBefore),
          ),
          orderBy: parkedOrder.orderBy(orderBy),
        }),
    },
    ...pageOf('ParkedDocument'),
  ),
  contractWarnings: t.prismaConnection(
    {
      type: ContractWarning,
      cursor: 'accountId_id',
      nullable: true,
      description: 'How Amazon departed from its own contract, last seen first unless you say otherwise.',
      authScopes: { 'document:read': true },
      args: {
        filter: t.arg({ type: ContractWarningFilter, description: 'Which.' }),
        orderBy: t.arg({
          type: warningOrder.type,
          required: true,
          defaultValue: 'LAST_SEEN_AT_DESC',
          description: 'In which order.',
        }),
      },
      resolve: (query, _root, { filter, orderBy }, { db }) =>
        db.contractWarning.findMany({
          ...query,
          where: all(
            ofAccounts(filter ?? {}),
            among('code', filter?.codes),
            among('kind', filter?.kinds),
            since('lastSeenAt', filter?.seenSince),
          ),
          orderBy: warningOrder.orderBy(orderBy),
        }),
    },
    ...pageOf('ContractWarning'),
  ),
}));

const ParkedDocumentLanded = builder.objectRef<{ readonly facts: number }>('ParkedDocumentLanded').implement({
  description: 'A parked document could be read this time.',
  fields: (t) => ({
    facts: t.exposeInt('facts', { description: 'How many of its facts were new.' }),
  }),
});

builder.mutationField('retryParkedDocument', (t) =>
  t.field({
    type: ParkedDocumentLanded,
    nullable: true,
    description: 'Read a parked document once more, after whatever made it unreadable was put right. Safe to repeat.',
    authScopes: { 'document:write': true },
    errors: {
      types: [Refused],
      directResult: true,
      union: { name: 'RetryParkedDocumentResult', description: 'What came of it.' },
    },
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: async (_root, { id }, { retryParked, tenant }) => {
      const [accountId, parkedId = ''] = keyOf('ParkedDocument', id, 'id');
      // Ingest works in transactions of its own, for whatever account it is told: whose it is, is checked here.
      const own = tenant.accountIds.find((candidate) => candidate === accountId);
      const outcome = own === undefined ? notParked : await retryParked(own, parkedId);
      switch (outcome.kind) {
        case 'landed':
          return { facts: outcome.facts };
        case 'still-parked':
          throw new Refused('STILL_UNREADABLE', `it still cannot be read: ${outcome.message}`, outcome.code);
        case 'not-parked':
          throw new Refused('PARKED_DOCUMENT_NOT_FOUND', 'no such document is parked');
        default:
          return never(outcome);
      }
    },
  }),
);

const notParked: RetryOutcome = { kind: 'not-parked' };
