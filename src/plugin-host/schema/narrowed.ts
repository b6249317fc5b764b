import type { Selection } from '../../seams/schema.ts';

/**
 * A row with the selected members and no others. The core's query may have brought more, for fields beside it; what a
 * plugin did not name it is not handed, so that its answer cannot depend on who else was asked.
 */
export function narrowed(row: unknown, select: Selection): unknown {
  if (Array.isArray(row)) return row.map((each) => narrowed(each, select));
  if (typeof row !== 'object' || row === null) return row;
  const all = row as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(select).flatMap(([member, wanted]) => {
      if (wanted === false) return [];
      const value = all[member];
      return [[member, wanted === true ? ownCopy(value) : narrowed(value, wanted.select)]];
    }),
  );
}

/** The row is the core's, which answers from it too: what can be written to is copied. Decimals cannot. */
function ownCopy(value: unknown): unknown {
  if (value instanceof Date || value instanceof Uint8Array || Array.isArray(value)) return structuredClone(value);
  const isJson = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return isJson ? structuredClone(value) : value;
}
