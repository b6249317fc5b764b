import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { printSchema } from 'graphql';
import { schema } from './index.ts';

/** The schema as it is committed: sorted, so that a diff shows what changed and nothing else. */
export const printed = (): string => `${printSchema(schema)}\n`;

const file = fileURLToPath(new URL('./schema.graphql', import.meta.url));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(file, printed());
}
