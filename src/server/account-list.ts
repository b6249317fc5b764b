import { type AccountRow, listAccounts } from '../store/accounts.ts';
import type { Database } from '../store/database.ts';

interface Standing {
  readonly accountId: string;
  readonly organisation: string;
  readonly progress: number | null;
  readonly caughtUpAt: Date | null;
  readonly problem: string | null;
}

/** Every account, one line each: whose it is, where it buys, and how its import stands. */
export async function describeAccounts(database: Database): Promise<string[]> {
  const accounts = await listAccounts(database);
  const standings = await database.work((sql) =>
    sql.query<Standing>(
      `select a."accountId", o."name" as organisation, c."progress", c."caughtUpAt", c."problem"
         from "VendorAccount" a
         join "Organisation" o on o."id" = a."organisationId"
         left join "ConnectorCursor" c on c."accountId" = a."accountId" and c."connector" = a."connector"`,
    ),
  );
  const byId = new Map(standings.map((standing) => [standing.accountId, standing]));
  return accounts.map((account) => describe(account, byId.get(account.accountId)));
}

function describe(
  { accountId, name, site, currency, vendorCodes, connector }: AccountRow,
  standing: Standing | undefined,
): string {
  return [
    `${name} (${standing?.organisation ?? ''})`,
    `  ${accountId}  ${site} ${currency}  ${vendorCodes.join(' ')}`,
    `  ${connector ?? 'files only'}: ${standingOf(standing)}`,
  ].join('\n');
}

function standingOf(standing: Standing | undefined): string {
  if (standing?.progress == null) return 'nothing imported yet';
  if (standing.problem !== null) return `stopped: ${standing.problem}`;
  if (standing.caughtUpAt === null) return `importing, ${Math.floor(standing.progress * 100)} %`;
  return `up to date as of ${standing.caughtUpAt.toISOString()}`;
}
