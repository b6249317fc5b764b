-- Why:   plugins have tables, jobs and places in the log of their own; somebody has to remember which, and how far.
-- Locks: brief, on each tenant table for its new policy. Undo: drop the policies "plugin", then the five tables.

-- What every plugin's role is a member of. It holds no right to any table: those are given one by one.
do $$ begin
  create role acorn_plugin nologin nosuperuser nobypassrls nocreatedb nocreaterole;
exception when duplicate_object or unique_violation then null; end $$;
grant acorn_plugin to current_user;
grant usage on schema public to acorn_plugin;

-- CreateTable
CREATE TABLE "Plugin" (
    "id" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "changedAt" TIMESTAMPTZ(3),
    "ownerRole" TEXT,
    "role" TEXT,

    CONSTRAINT "Plugin_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PluginMigration" (
    "pluginId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "checksum" TEXT NOT NULL,
    "appliedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PluginMigration_pkey" PRIMARY KEY ("pluginId","name")
);

-- CreateTable
CREATE TABLE "PluginJob" (
    "pluginId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "nextAt" TIMESTAMPTZ(3) NOT NULL,
    "runs" BIGINT NOT NULL,
    "failures" INTEGER NOT NULL,
    "problem" TEXT,

    CONSTRAINT "PluginJob_pkey" PRIMARY KEY ("pluginId","name")
);

-- CreateTable
CREATE TABLE "PluginCursor" (
    "accountId" UUID NOT NULL,
    "pluginId" TEXT NOT NULL,
    "listener" TEXT NOT NULL,
    "changeId" BIGINT NOT NULL,
    "eventId" BIGINT NOT NULL,
    "failures" INTEGER NOT NULL,
    "retryAt" TIMESTAMPTZ(3),
    "parkedAt" TIMESTAMPTZ(3),
    "problem" TEXT,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PluginCursor_pkey" PRIMARY KEY ("accountId","pluginId","listener")
);

-- CreateTable
CREATE TABLE "PluginEvent" (
    "accountId" UUID NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "pluginId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "payload" JSONB NOT NULL,
    "key" TEXT,
    "afterChangeId" BIGINT NOT NULL,
    "occurredAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PluginEvent_pkey" PRIMARY KEY ("accountId","id")
);

-- CreateIndex
CREATE INDEX "PluginCursor_pluginId_idx" ON "PluginCursor"("pluginId");

-- CreateIndex
CREATE INDEX "PluginEvent_pluginId_idx" ON "PluginEvent"("pluginId");

-- CreateIndex
CREATE UNIQUE INDEX "PluginEvent_accountId_kind_key_key" ON "PluginEvent"("accountId", "kind", "key");

-- AddForeignKey
ALTER TABLE "PluginMigration" ADD CONSTRAINT "PluginMigration_pluginId_fkey" FOREIGN KEY ("pluginId") REFERENCES "Plugin"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PluginJob" ADD CONSTRAINT "PluginJob_pluginId_fkey" FOREIGN KEY ("pluginId") REFERENCES "Plugin"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PluginCursor" ADD CONSTRAINT "PluginCursor_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "VendorAccount"("accountId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PluginCursor" ADD CONSTRAINT "PluginCursor_pluginId_fkey" FOREIGN KEY ("pluginId") REFERENCES "Plugin"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PluginEvent" ADD CONSTRAINT "PluginEvent_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "VendorAccount"("accountId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PluginEvent" ADD CONSTRAINT "PluginEvent_pluginId_fkey" FOREIGN KEY ("pluginId") REFERENCES "Plugin"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What a plugin may read of the core, once it was given the table: the same account's rows as everybody else.
do $$ declare tenant record; begin
  for tenant in select c.relname from pg_policy p join pg_class c on c.oid = p.polrelid
                 where c.relnamespace = 'public'::regnamespace and p.polname = 'tenant'
                   and c.relname not in ('Organisation', 'ApiKey') loop
    execute format('create policy plugin on %I for select to acorn_plugin using ("accountId" = any (acorn_accounts()))',
                   tenant.relname);
  end loop;
end $$;

alter table "Plugin" enable row level security;
alter table "Plugin" force row level security;
alter table "PluginMigration" enable row level security;
alter table "PluginMigration" force row level security;
alter table "PluginJob" enable row level security;
alter table "PluginJob" force row level security;
alter table "PluginCursor" enable row level security;
alter table "PluginCursor" force row level security;
alter table "PluginEvent" enable row level security;
alter table "PluginEvent" force row level security;

-- Bookkeeping is the worker's. It sees which plugin of which account heard what; an event's payload is the account's own.
create policy worker on "Plugin" to acorn_worker using (true) with check (true);
create policy worker on "PluginMigration" for select to acorn_worker using (true);
create policy worker on "PluginJob" to acorn_worker using (true) with check (true);
create policy worker on "PluginCursor" to acorn_worker using (true) with check (true);
create policy worker on "PluginEvent" for select to acorn_worker using (true);
create policy tenant on "PluginEvent" to acorn_app using ("accountId" = any (acorn_accounts())) with check ("accountId" = any (acorn_accounts()));
create policy tenant on "PluginCursor" for select to acorn_app using ("accountId" = any (acorn_accounts()));
create policy migration on "Plugin" to current_user using (true) with check (true);
create policy migration on "PluginMigration" to current_user using (true) with check (true);
create policy migration on "PluginJob" to current_user using (true) with check (true);
create policy migration on "PluginCursor" to current_user using (true) with check (true);
create policy migration on "PluginEvent" to current_user using (true) with check (true);
grant select, insert, update on "Plugin", "PluginJob", "PluginCursor" to acorn_worker;
grant select on "PluginMigration", "PluginEvent" to acorn_worker;
grant select, insert on "PluginEvent" to acorn_app;
grant select on "PluginCursor" to acorn_app;
grant usage on sequence "PluginEvent_id_seq" to acorn_app;
