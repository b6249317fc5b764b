import { readdirSync, readFileSync } from 'node:fs';

/** A query that runs as it is: shown in GraphiQL, and run by the tests. */
export interface Example {
  /** Its file without the ending: `05-late-shipments`. */
  readonly name: string;
  /** What it answers, in a sentence. */
  readonly title: string;
  readonly query: string;
  /** Values for the variables it has, as of `now`. */
  readonly variables: Readonly<Record<string, string>>;
}

const folder = new URL('./queries/', import.meta.url);
const week = 7 * 24 * 3_600_000;

/** Every example, in the order of their names. @param now an ISO instant: what "late" and "since" are measured from */
export function examples(now: string): readonly Example[] {
  const values: Readonly<Record<string, string>> = {
    on: now,
    today: now.slice(0, 10),
    since: new Date(Date.parse(now) - week).toISOString(),
  };
  return readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .sort()
    .map((file) => {
      const query = readFileSync(new URL(file, folder), 'utf8');
      return {
        name: file.replace(/\.graphql$/, ''),
        title: query.match(/^# (.*)$/m)?.[1] ?? file,
        query,
        variables: Object.fromEntries(Object.entries(values).filter(([name]) => query.includes(`$${name}:`))),
      };
    });
}
