-- Why:   figures of several currencies are shown as one, by rates that are public and the same for every tenant.
-- Locks: none that matter, the table is new. Undo: drop the table.

-- CreateTable
CREATE TABLE "ReferenceRate" (
    "currency" CHAR(3) NOT NULL,
    "publishedOn" DATE NOT NULL,
    "perEuro" DECIMAL(20,10) NOT NULL,
    "source" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    "importedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ReferenceRate_pkey" PRIMARY KEY ("currency","publishedOn")
);

-- Everybody reads, the worker adds, nobody changes: what was told by a rate stays told by it.
alter table "ReferenceRate" enable row level security;
alter table "ReferenceRate" force row level security;
create policy everybody on "ReferenceRate" for select to acorn_app, acorn_worker using (true);
create policy worker on "ReferenceRate" for insert to acorn_worker with check (true);
-- Those of a demo are no facts: they go when published ones come.
create policy simulated on "ReferenceRate" for delete to acorn_worker using ("source" = 'simulated');
create policy plugin on "ReferenceRate" for select to acorn_plugin using (true);
create policy migration on "ReferenceRate" to current_user using (true) with check (true);
grant select on "ReferenceRate" to acorn_app, acorn_worker;
grant insert, delete on "ReferenceRate" to acorn_worker;
