import { builder } from './builder.ts';

type Direction = 'asc' | 'desc';

/** A column to order by: its name in Prisma, whether it can be null, and what it is called to a person. */
interface Column {
  readonly column: string;
  readonly nullable?: true;
  readonly of: string;
}

/**
 * The orders a list can be asked for, as an enum, each with both directions.
 * Rows without a value stand last either way. Equal rows are told apart by `key`, so that a page never repeats or loses one.
 */
export function orderings<Name extends string>(
  typeName: string,
  columns: Readonly<Record<Name, Column>>,
  key: readonly string[],
) {
  type Value = `${Name}_${'ASC' | 'DESC'}`;
  const orderBy = {} as Record<Value, object[]>;
  const values = {} as Record<Value, { description: string }>;
  for (const [name, { column, nullable, of }] of Object.entries(columns) as [Name, Column][]) {
    for (const direction of ['asc', 'desc'] as const satisfies readonly Direction[]) {
      const value = `${name}_${direction.toUpperCase()}` as Value;
      values[value] = {
        description: `By ${of}, ${direction === 'asc' ? 'smallest or earliest' : 'largest or latest'} first.`,
      };
      orderBy[value] = [
        { [column]: nullable === true ? { sort: direction, nulls: 'last' } : direction },
        ...key.filter((part) => part !== column).map((part) => ({ [part]: direction })),
      ];
    }
  }
  const type = builder.enumType(typeName, {
    description: 'In which order to list. Ties are broken by key, so pages are stable.',
    values,
  });
  return { type, orderBy: (value: Value): object[] => orderBy[value] };
}
