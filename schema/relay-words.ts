import { maxPageSize } from './limits.ts';

/** What the Relay plugin's own arguments and fields mean here: it leaves them without a word. */
const args: Readonly<Record<string, string>> = {
  first: `How many, from the start or after \`after\`: 1 to ${maxPageSize}. One of first and last must be given.`,
  last: `How many, from the end or before \`before\`: 1 to ${maxPageSize}. One of first and last must be given.`,
  after: 'Begin after the entry of this cursor. Goes with first.',
  before: 'End before the entry of this cursor. Goes with last.',
  id: 'Its id.',
  ids: 'Their ids, at most 100.',
};

const fields: Readonly<Record<string, string>> = {
  'PageInfo.hasNextPage': 'Whether there is more after this page, when paging forward.',
  'PageInfo.hasPreviousPage': 'Whether there is more before this page, when paging backward.',
  'PageInfo.startCursor': 'Cursor of the first entry of the page; null when it is empty.',
  'PageInfo.endCursor': 'Cursor of the last entry of the page; null when it is empty.',
  'Node.id': 'Opaque id, the same for ever.',
};

interface Described {
  readonly name: string;
  readonly parentType: string;
  readonly description?: string | null | undefined;
  readonly args: Readonly<Record<string, { readonly description?: string | null | undefined }>>;
}

/** A field, with words where it had none and there are some. */
export function withWords<Field extends Described>(field: Field): Field {
  return {
    ...field,
    description: field.description ?? fields[`${field.parentType}.${field.name}`],
    args: Object.fromEntries(
      Object.entries(field.args).map(([name, arg]) => [name, { ...arg, description: arg.description ?? args[name] }]),
    ),
  };
}
