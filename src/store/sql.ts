/** One open transaction in which SQL runs for one tenant. What it returns is what the driver made of the columns. */
export interface Sql {
  query<Row>(text: string, parameters?: readonly unknown[]): Promise<Row[]>;
}
