import type pg from 'pg';
import { name, type PluginRoles } from './plugin-roles.ts';

/**
 * Put every table of a plugin behind the account, whatever its migrations said: row security on and forced, one policy,
 * rights for the plugin's user. Then look for what no policy can mend.
 *
 * @returns each hole, with its cure; empty when the wall has none
 */
export async function raiseWall(client: pg.Client, schema: string, { owner, user }: PluginRoles): Promise<string[]> {
  const holes = await findHoles(client, schema, owner);
  if (holes.length > 0) return holes;
  for (const table of await tablesOf(client, schema)) {
    const table_ = `${name(schema)}.${name(table)}`;
    await client.query(`
      alter table ${table_} enable row level security;
      alter table ${table_} force row level security;
      drop policy if exists tenant on ${table_};
      create policy tenant on ${table_} to ${name(user)}
        using ("accountId" = any (public.acorn_accounts())) with check ("accountId" = any (public.acorn_accounts()))`);
  }
  await client.query(`
    grant usage on schema ${name(schema)} to ${name(user)};
    grant select, insert, update, delete on all tables in schema ${name(schema)} to ${name(user)};
    grant usage on all sequences in schema ${name(schema)} to ${name(user)}`);
  return [];
}

/** Let the owner see its rows, so that a migration can move them. Undone by `raiseWall` in the same transaction. */
export async function openWall(client: pg.Client, schema: string): Promise<void> {
  for (const table of await tablesOf(client, schema)) {
    await client.query(`alter table ${name(schema)}.${name(table)} no force row level security`);
  }
}

async function tablesOf(client: pg.Client, schema: string): Promise<string[]> {
  const { rows } = await client.query<{ table: string }>(
    `select relname::text as table from pg_class where relnamespace = $1::regnamespace and relkind in ('r', 'p') order by 1`,
    [name(schema)],
  );
  return rows.map(({ table }) => table);
}

async function findHoles(client: pg.Client, schema: string, owner: string): Promise<string[]> {
  const { rows } = await client.query<{ hole: string }>(holes, [name(schema), owner]);
  return rows.map(({ hole }) => hole);
}

/**
 * References must end with what they refer to, and nothing of the plugin's may run when they do: otherwise a plugin's
 * row could keep the core from deleting its own.
 */
const holes = `
  with tables as (
    select oid, relname from pg_class where relnamespace = $1::regnamespace and relkind in ('r', 'p')
  ), account as (
    select a.attrelid as oid, a.attnum from tables t join pg_attribute a on a.attrelid = t.oid
     where a.attname = 'accountId' and a.atttypid = 'uuid'::regtype and a.attnotnull and not a.attisdropped
  )
  select format('table %s has no column "accountId" uuid not null: add it, first in its primary key', relname) as hole
    from tables where oid not in (select oid from account)
  union all
  select format('table %s has no primary key: add one that begins with "accountId"', relname)
    from tables t where not exists (select from pg_index i where i.indrelid = t.oid and i.indisprimary)
  union all
  select format('the unique key %s of table %s does not begin with "accountId": put it first', x.relname, t.relname)
    from tables t join account a using (oid) join pg_index i on i.indrelid = t.oid join pg_class x on x.oid = i.indexrelid
   where (i.indisunique or i.indisexclusion) and i.indkey[0] <> a.attnum
  union all
  select format('the foreign key %s of table %s does not begin with "accountId" on both sides: put it first', c.conname, t.relname)
    from tables t join pg_constraint c on c.conrelid = t.oid and c.contype = 'f'
   where not exists (select from pg_attribute l join pg_attribute r on r.attname = 'accountId' and l.attname = 'accountId'
                      where l.attrelid = c.conrelid and l.attnum = c.conkey[1]
                        and r.attrelid = c.confrelid and r.attnum = c.confkey[1])
  union all
  select format('the foreign key %s of table %s would keep what it refers to from being deleted: write ON DELETE CASCADE', c.conname, t.relname)
    from tables t join pg_constraint c on c.conrelid = t.oid and c.contype = 'f' and c.confdeltype <> 'c'
  union all
  select format('table %s has the trigger %s: plugins react to changes with listeners', t.relname, g.tgname)
    from tables t join pg_trigger g on g.tgrelid = t.oid and not g.tgisinternal
  union all
  select format('table %s has the rule %s: plugins write statements instead', t.relname, r.rulename)
    from tables t join pg_rewrite r on r.ev_class = t.oid
  union all
  select format('table %s has the policy %s: row security is Acorn''s, leave it out', t.relname, p.polname)
    from tables t join pg_policy p on p.polrelid = t.oid and p.polname <> 'tenant'
  union all
  select format('the view %s hides whose rows it shows: write CREATE VIEW ... WITH (security_invoker = true)', relname)
    from pg_class where relnamespace = $1::regnamespace and relkind = 'v'
     and not coalesce('security_invoker=true' = any (reloptions), false)
  union all
  select format('%s is a %s, which row security cannot guard: use a table', relname,
                case relkind when 'm' then 'materialized view' else 'foreign table' end)
    from pg_class where relnamespace = $1::regnamespace and relkind in ('m', 'f')
  union all
  select format('the function %s is SECURITY DEFINER: leave that out', proname)
    from pg_proc where pronamespace = $1::regnamespace and prosecdef
  union all
  select format('%s lies outside the schema of the plugin: make it there, without naming another schema', c.oid::regclass)
    from pg_class c where c.relowner = (select oid from pg_roles where rolname = $2)
     and c.relnamespace <> $1::regnamespace and c.relpersistence <> 't' and c.relnamespace <> 'pg_toast'::regnamespace
  order by hole`;
