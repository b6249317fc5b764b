-- Why:   a log that only grows is in the end too large to be kept hot. Its oldest entries may go, by this one path, and
--        whoever comes back with an older cursor is told so: the mark moves before anything goes.
-- Locks: brief, on "Feed", "FeedHead" and "Change". Undo: drop the functions and the columns, restore the trigger's function.

-- AlterTable
ALTER TABLE "Feed" ADD COLUMN "purgedTo" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "FeedHead" ADD COLUMN "purgedChangeId" BIGINT NOT NULL DEFAULT 0;

-- The only role that may remove entries. Nobody logs in as it; two functions run as it.
do $$ begin
  create role acorn_retention nologin nosuperuser nobypassrls nocreatedb nocreaterole;
exception when duplicate_object or unique_violation then null; end $$;
grant acorn_retention to current_user;
grant usage on schema public to acorn_retention;
grant select on "Feed", "FeedHead", "Change" to acorn_retention;
grant update ("purgedTo") on "Feed" to acorn_retention;
grant update ("purgedChangeId") on "FeedHead" to acorn_retention;
grant delete on "Change" to acorn_retention;
create policy retention on "Feed" to acorn_retention using (true) with check (true);
create policy retention on "FeedHead" to acorn_retention using (true) with check (true);
create policy retention on "Change" to acorn_retention using (true);

-- History that can be edited cannot be defended. The one update there is gives an entry its numbers, once; what goes
-- lies before the mark that every reader sees.
create or replace function change_is_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE'
     and old."position" is null and new."position" is not null
     and old."sequence" is null and new."sequence" is not null
     and (to_jsonb(new) - 'position' - 'sequence') = (to_jsonb(old) - 'position' - 'sequence') then
    return new;
  end if;
  if tg_op = 'DELETE' and current_user = 'acorn_retention'
     and old."position" <= (select "purgedTo" from "Feed") then
    return old;
  end if;
  raise exception 'CHANGE_IS_APPEND_ONLY: % refused; record a correction instead', lower(tg_op);
end $$;

-- Move the mark over the next entries, at most `most`, and never over one recorded at `before` or later. How far it moved.
create function change_retention_mark(before timestamptz, most int) returns bigint
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  mark bigint;
  reach bigint;
begin
  select "purgedTo" into mark from "Feed";
  select coalesce(min("position") filter (where "recordedAt" >= before) - 1, max("position")) into reach
    from (select c."position", c."recordedAt" from "FeedHead" h
            cross join lateral (
              select "position", "recordedAt" from "Change"
               where "accountId" = h."accountId" and "position" > mark order by "position" limit most) c
           order by c."position" limit most) next;
  if reach is null or reach <= mark then return 0; end if;
  update "Feed" set "purgedTo" = reach where "purgedTo" = mark;
  return case when found then reach - mark else 0 end;
end $$;

-- Remove entries before the mark, at most `most`, and note for each account up to where its log went. How many went.
create function change_retention_sweep(most int) returns bigint
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  gone bigint;
begin
  with old as (
         select c."accountId", c."id" from "FeedHead" h
          cross join lateral (
            select "accountId", "id" from "Change"
             where "accountId" = h."accountId" and "position" <= (select "purgedTo" from "Feed") limit most) c
          limit most),
       removed as (
         delete from "Change" c using old where c."accountId" = old."accountId" and c."id" = old."id"
         returning c."accountId", c."id"),
       noted as (
         update "FeedHead" h set "purgedChangeId" = r."id"
           from (select "accountId", max("id") as "id" from removed group by 1) r
          where h."accountId" = r."accountId" and h."purgedChangeId" < r."id")
  select count(*) into gone from removed;
  return gone;
end $$;

revoke all on function change_retention_mark(timestamptz, int), change_retention_sweep(int) from public;
grant execute on function change_retention_mark(timestamptz, int), change_retention_sweep(int) to acorn_worker;
grant create on schema public to acorn_retention;
alter function change_retention_mark(timestamptz, int) owner to acorn_retention;
alter function change_retention_sweep(int) owner to acorn_retention;
revoke create on schema public from acorn_retention;
