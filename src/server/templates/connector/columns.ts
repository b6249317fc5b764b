/** The only kind of document there is, in this connector's words. */
export const documentKind = 'orders-csv';

/** One line of the file is one line of an order. */
export const columns = ['orderNumber', 'orderedAt', 'lineNumber', 'asin', 'eaches', 'unitCost'] as const;
export type Column = (typeof columns)[number];
export type Cells = Readonly<Record<Column, string>>;

export const isHeader = (line: string): boolean => line.replace(/^\ufeff/, '').trim() === columns.join(',');

/** The cells of a line, or nothing when there are more or fewer than columns. Cells hold no commas, so none is quoted. */
export function cellsOf(line: string): Cells | undefined {
  const cells = line.split(',').map((cell) => cell.trim());
  if (cells.length !== columns.length) return undefined;
  return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ''])) as Record<Column, string>;
}
