import {
  type DocumentNode,
  execute,
  type GraphQLOutputType,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  parse,
} from 'graphql';
import { invariant } from '../src/base/invariant.ts';
import type { LoggedChange } from '../src/change-log/change-log.ts';
import type { ShownChange } from '../src/webhooks/message.ts';
import { subjectId } from './change.ts';
import { encodeId, relayIds } from './ids.ts';
import { schema } from './index.ts';

/** Members that lead to rows: a message holds only what the log says, and their ids. */
const leadingOut = new Set(['account', 'node']);

/** Everything the log says of a change, whichever type it is: the query that a subscriber would write. */
export const payloadQuery: string = (() => {
  const change = schema.getType('Change');
  invariant(isInterfaceType(change), 'the schema has changes');
  const common = new Set(Object.keys(change.getFields()));
  const own = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter((type) => type.getInterfaces().some(({ name }) => name === 'Change'))
    .map((type) => `... on ${type.name} ${selectionOf(type, common)}`);
  return `subscription { changes { changes { __typename ${selectionOf(change, leadingOut).slice(1, -1)} ${own.join(' ')} } } }`;
})();

/** Leaves of a type and of what it holds, but for those named. A field that takes arguments is no part of the log. */
function selectionOf(type: GraphQLOutputType, without: ReadonlySet<string> = new Set()): string {
  const named = getNamedType(type);
  if (isLeafType(named) || !('getFields' in named)) return '';
  const fields = Object.values(named.getFields()).filter(({ name, args }) => !without.has(name) && args.length === 0);
  return `{ ${fields.map((field) => `${field.name} ${selectionOf(field.type)}`).join(' ')} }`;
}

const document: DocumentNode = parse(payloadQuery);

/**
 * Changes as a subscriber sees them who asks for all that the log says. So there is one shape to know, whatever way a
 * change came; `account` and `node` hold ids, by which the rest can be asked for.
 */
export async function showChanges(changes: readonly LoggedChange[]): Promise<readonly ShownChange[]> {
  const contextValue = { scopes: new Set(['change:read']) };
  const { data, errors } = await execute({ schema, document, contextValue, rootValue: { changes } });
  invariant(errors === undefined, `changes can be shown: ${errors?.[0]?.message}`);
  const { changes: batch } = data as { readonly changes: { readonly changes: readonly (ShownChange & object)[] } };
  return batch.changes.map((shown, index) => {
    const change = changes[index];
    invariant(change !== undefined, 'every change is shown once, in order');
    const { type, id } = subjectId(change);
    return {
      ...shown,
      account: { id: encodeId('VendorAccount', [change.accountId]) },
      node: { __typename: type, id: relayIds.encodeGlobalID(type, id) },
    };
  });
}
