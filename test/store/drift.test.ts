import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tableCatalog } from '../support/catalog.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { prismaDdl } from '../support/prisma-ddl.ts';

/** What migrations add on purpose because Prisma's schema language has no words for it. */
const beyondPrisma = [
  // Partial: finds the few changes that have no number yet without reading the log.
  'index CREATE INDEX "Change_unsequenced_idx" ON public."Change" USING btree (id) WHERE ("position" IS NULL)',
];

let migrated: TestDatabase;
let declared: TestDatabase;
let fromMigrations: pg.Client;
let fromSchema: pg.Client;

beforeAll(async () => {
  migrated = await testDatabase();
  declared = await testDatabase({ empty: true });
  fromMigrations = new pg.Client({ connectionString: migrated.url });
  fromSchema = new pg.Client({ connectionString: declared.url });
  await Promise.all([fromMigrations.connect(), fromSchema.connect()]);
  await fromSchema.query(await prismaDdl(declared.url));
});

afterAll(async () => {
  await Promise.all([fromMigrations.end(), fromSchema.end()]);
  await Promise.all([migrated.drop(), declared.drop()]);
});

async function drift() {
  const [inMigrations, inSchema] = await Promise.all([tableCatalog(fromMigrations), tableCatalog(fromSchema)]);
  return {
    onlyInMigrations: inMigrations.filter((line) => !inSchema.includes(line) && !beyondPrisma.includes(line)),
    onlyInSchema: inSchema.filter((line) => !inMigrations.includes(line)),
    tables: inSchema.filter((line) => line.startsWith('table ')).length,
  };
}

test('the migrations build exactly the tables that the Prisma schema declares', async () => {
  const { tables, ...differences } = await drift();
  expect(differences).toEqual({ onlyInMigrations: [], onlyInSchema: [] });
  expect(tables).toBeGreaterThan(20);
});

test('everything said to be beyond Prisma is really there', async () => {
  expect(await tableCatalog(fromMigrations)).toEqual(expect.arrayContaining(beyondPrisma));
});

test.each([
  ['a column', 'ALTER TABLE "Invoice" ADD COLUMN extra int', 'column Invoice.extra integer'],
  ['a type', 'ALTER TABLE "Invoice" ALTER COLUMN terms TYPE varchar(9)', 'column Invoice.terms character varying(9)'],
  ['a foreign key', 'ALTER TABLE "Invoice" DROP CONSTRAINT "Invoice_accountId_fkey"', undefined],
  ['an index', 'CREATE INDEX extra ON "Invoice" (number)', expect.stringContaining('CREATE INDEX extra')],
])('%s on one side only is seen, on either side', async (_what, change, seen) => {
  for (const side of [fromMigrations, fromSchema]) {
    await side.query('BEGIN');
    await side.query(change);
    const found = await drift();
    await side.query('ROLLBACK');
    const [changed, other] =
      side === fromMigrations
        ? [found.onlyInMigrations, found.onlyInSchema]
        : [found.onlyInSchema, found.onlyInMigrations];
    if (seen !== undefined) {
      expect(changed).toEqual(expect.arrayContaining([seen]));
    }
    expect(changed.length + other.length).toBeGreaterThan(0);
  }
});
