import SchemaBuilder from '@pothos/core';
import ComplexityPlugin from '@pothos/plugin-complexity';
import ErrorsPlugin from '@pothos/plugin-errors';
import PrismaPlugin from '@pothos/plugin-prisma';
import RelayPlugin from '@pothos/plugin-relay';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import type { CalendarDate } from '../src/base/calendar-date.ts';
import type { Currency } from '../src/base/currency.ts';
import type { Decimal } from '../src/base/decimal.ts';
import type { Eaches } from '../src/base/eaches.ts';
import type { Instant } from '../src/base/instant.ts';
import type { FeedCursor } from '../src/change-log/change-log.ts';
import type PrismaTypes from '../src/store/generated/pothos-types.ts';
import { getDatamodel } from '../src/store/generated/pothos-types.ts';
import type { PrismaClient } from '../src/store/generated/prisma/client.ts';
import type { Context } from './context.ts';
import './guard.ts';
import { relayIds } from './ids.ts';
import { fieldCost, limits, maxPageSize, tooMuch } from './limits.ts';
import { refused } from './refused.ts';
import { allScopes, type Scope } from './scopes.ts';

/** Anything that writes itself out exactly, as the driver's decimals do. */
interface Exact {
  toFixed(): string;
}

export interface Types {
  Context: Context;
  PrismaTypes: PrismaTypes;
  AuthScopes: Record<Scope, boolean>;
  DefaultAuthStrategy: 'all';
  DefaultFieldNullability: false;
  DefaultEdgesNullability: { list: false; items: false };
  DefaultNodeNullability: false;
  Scalars: {
    ID: { Input: string; Output: string | number };
    Decimal: { Input: Decimal; Output: string | Exact };
    Eaches: { Input: Eaches; Output: number };
    Date: { Input: CalendarDate; Output: CalendarDate | Date };
    Instant: { Input: Instant; Output: Instant | Date };
    CurrencyCode: { Input: Currency; Output: string };
    Cursor: { Input: FeedCursor; Output: FeedCursor };
    Sequence: { Input: bigint; Output: bigint };
  };
}

/**
 * The one builder. Everything is denied unless a right opens it, nothing is null unless it says so, and no list of
 * unknown length is read without a page.
 */
export const builder = new SchemaBuilder<Types>({
  // The first wraps all others: arguments are looked at before rights, rights before cost, cost before reading.
  plugins: ['acornGuard', ErrorsPlugin, ScopeAuthPlugin, RelayPlugin, PrismaPlugin, ComplexityPlugin],
  defaultFieldNullability: false,
  errors: { defaultTypes: [] },
  scopeAuth: {
    authorizeOnSubscribe: true,
    runScopesOnType: true,
    defaultStrategy: 'all',
    authScopes: ({ scopes }) =>
      Object.fromEntries(allScopes.map((scope) => [scope, scopes.has(scope)])) as Record<Scope, boolean>,
    unauthorizedError: (_parent, _context, info) =>
      refused('FORBIDDEN', `${info.parentType.name}.${info.fieldName} needs a right that this key does not have`),
  },
  relay: {
    ...relayIds,
    cursorType: 'String',
    edgesFieldOptions: {
      nullable: { list: false, items: false },
      description: 'The page, each entry with its cursor.',
    },
    nodeFieldOptions: { nullable: false, description: 'The entry itself.' },
    nodesOnConnection: { description: 'The page, without cursors.' },
    cursorFieldOptions: { description: 'Where this entry stands: pass it as `after` or `before`.' },
    pageInfoFieldOptions: { description: 'Whether there is more, and where to go on.' },
    defaultConnectionTypeOptions: { description: 'A page.' },
    defaultEdgeTypeOptions: { description: 'An entry of a page and its cursor.' },
    nodeTypeOptions: { description: 'Anything with an id by which it can be fetched again.' },
    pageInfoTypeOptions: { description: 'Where a page stands among the others.' },
    nodeQueryOptions: {
      description: 'The thing with this id; null when there is none, or it is not yours to see.',
      authScopes: { $any: Object.fromEntries(allScopes.map((s) => [s, true])) },
      nullable: true,
    },
    nodesQueryOptions: {
      description:
        'The things with these ids, in their order; null where there is none, or it is not yours to see. At most 100.',
      authScopes: { $any: Object.fromEntries(allScopes.map((s) => [s, true])) },
      nullable: { list: false, items: true },
    },
  },
  prisma: {
    // Only delegates are used; the transaction has them all.
    client: ({ db }) => db as unknown as PrismaClient,
    dmmf: getDatamodel(),
    maxConnectionSize: maxPageSize,
    defaultConnectionSize: 1,
    onUnusedQuery: process.env.NODE_ENV === 'production' ? null : 'error',
  },
  complexity: {
    limit: { depth: limits.depth, breadth: limits.breadth, complexity: limits.cost },
    fieldComplexity: fieldCost as never,
    complexityError: tooMuch,
  },
});

builder.queryType({ description: 'Everything that can be asked. One answer is one snapshot.' });
builder.mutationType({ description: 'Everything that can be told to happen. One operation is all or nothing.' });
builder.subscriptionType({ description: 'What happens, as it happens.' });
