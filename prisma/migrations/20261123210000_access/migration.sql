-- Why:   several teams and several companies share one installation. Who may see what is a grant: to a service account,
--        to a member, or to another organisation; and the database itself keeps apart what a role may not read.
-- Locks: brief, on "ApiKey" and on each tenant table for its policy. Undo: put back the policies of the first
--        migration, then drop the tables and the columns.

-- CreateTable
CREATE TABLE "ServiceAccount" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "disabledAt" TIMESTAMPTZ(3),

    CONSTRAINT "ServiceAccount_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Member" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "name" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "removedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AccessGrant" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL,
    "serviceAccountId" UUID,
    "memberId" UUID,
    "agencyId" UUID,
    "role" TEXT NOT NULL,
    "accountIds" UUID[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "createdBy" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),
    "lastUsedAt" TIMESTAMPTZ(3),

    CONSTRAINT "AccessGrant_pkey" PRIMARY KEY ("id")
);

-- A key that is there already becomes the key of a service account of its own, with every role its rights need.
ALTER TABLE "ApiKey" ADD COLUMN "serviceAccountId" UUID,
ADD COLUMN "allowedAddresses" TEXT[],
ADD COLUMN "lastUsedAt" TIMESTAMPTZ(3);
INSERT INTO "ServiceAccount" ("id", "organisationId", "name", "createdAt")
  SELECT "id", "organisationId", "name" || ' (' || "prefix" || ')', "createdAt" FROM "ApiKey";
INSERT INTO "AccessGrant" ("id", "organisationId", "serviceAccountId", "role", "accountIds", "createdAt", "createdBy")
  SELECT gen_random_uuid(), "organisationId", "id", 'owner', '{}', "createdAt", 'the upgrade' FROM "ApiKey";
UPDATE "ApiKey" SET "serviceAccountId" = "id";
ALTER TABLE "ApiKey" ALTER COLUMN "serviceAccountId" SET NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "ServiceAccount_organisationId_id_key" ON "ServiceAccount"("organisationId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Member_organisationId_id_key" ON "Member"("organisationId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ServiceAccount_organisationId_name_key" ON "ServiceAccount"("organisationId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "Member_organisationId_issuer_subject_key" ON "Member"("organisationId", "issuer", "subject");

-- CreateIndex
CREATE INDEX "AccessGrant_organisationId_serviceAccountId_idx" ON "AccessGrant"("organisationId", "serviceAccountId");

-- CreateIndex
CREATE INDEX "AccessGrant_organisationId_memberId_idx" ON "AccessGrant"("organisationId", "memberId");

-- CreateIndex
CREATE INDEX "AccessGrant_agencyId_idx" ON "AccessGrant"("agencyId");

-- CreateIndex
CREATE INDEX "ApiKey_organisationId_serviceAccountId_idx" ON "ApiKey"("organisationId", "serviceAccountId");

-- AddForeignKey
ALTER TABLE "ServiceAccount" ADD CONSTRAINT "ServiceAccount_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Member" ADD CONSTRAINT "Member_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccessGrant" ADD CONSTRAINT "AccessGrant_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccessGrant" ADD CONSTRAINT "AccessGrant_organisationId_serviceAccountId_fkey" FOREIGN KEY ("organisationId", "serviceAccountId") REFERENCES "ServiceAccount"("organisationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccessGrant" ADD CONSTRAINT "AccessGrant_organisationId_memberId_fkey" FOREIGN KEY ("organisationId", "memberId") REFERENCES "Member"("organisationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccessGrant" ADD CONSTRAINT "AccessGrant_agencyId_fkey" FOREIGN KEY ("agencyId") REFERENCES "Organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_organisationId_serviceAccountId_fkey" FOREIGN KEY ("organisationId", "serviceAccountId") REFERENCES "ServiceAccount"("organisationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Row security. A grant is seen by who gives it and, of an agency's, by the agency; only who gives it writes it.
alter table "ServiceAccount" enable row level security;
alter table "ServiceAccount" force row level security;
create policy tenant on "ServiceAccount" to acorn_app using ("organisationId" = acorn_organisation()) with check ("organisationId" = acorn_organisation());
create policy worker on "ServiceAccount" to acorn_worker using (true) with check (true);
alter table "Member" enable row level security;
alter table "Member" force row level security;
create policy tenant on "Member" to acorn_app using ("organisationId" = acorn_organisation()) with check ("organisationId" = acorn_organisation());
create policy worker on "Member" to acorn_worker using (true) with check (true);
alter table "AccessGrant" enable row level security;
alter table "AccessGrant" force row level security;
create policy tenant on "AccessGrant" to acorn_app using ("organisationId" = acorn_organisation()) with check ("organisationId" = acorn_organisation());
create policy agency on "AccessGrant" for select to acorn_app using ("agencyId" = acorn_organisation());
create policy worker on "AccessGrant" to acorn_worker using (true) with check (true);
-- Two organisations know of each other once a grant stands, or stood, between them.
create policy partner on "Organisation" for select to acorn_app using (exists (
  select from "AccessGrant" g
   where (g."organisationId" = "Organisation"."id" and g."agencyId" = acorn_organisation())
      or (g."agencyId" = "Organisation"."id" and g."organisationId" = acorn_organisation())));
grant select, insert, update on "ServiceAccount", "Member", "AccessGrant" to acorn_worker;
grant select, insert on "ServiceAccount", "Member", "AccessGrant" to acorn_app;
grant insert, update ("revokedAt") on "ApiKey" to acorn_app;
grant update ("revokedAt") on "AccessGrant" to acorn_app;
grant update ("disabledAt") on "ServiceAccount" to acorn_app;
grant update ("removedAt") on "Member" to acorn_app;

-- To exactly one, and never to oneself: a trigger, since Prisma's schema cannot say it.
create function access_grant_is_to_one() returns trigger language plpgsql as $$
begin
  if num_nonnulls(new."serviceAccountId", new."memberId", new."agencyId") <> 1 or new."agencyId" = new."organisationId" then
    raise exception 'ACCESS_GRANT_IS_TO_ONE: to one service account, one member or one other organisation';
  end if;
  return new;
end $$;
create trigger access_grant_is_to_one before insert or update on "AccessGrant"
  for each row execute function access_grant_is_to_one();

-- The accounts of which this transaction may see one kind of thing: those it was told for that kind, or else all of its
-- accounts. Both are lists of ids as text, so that the planner sees no more than a setting.
create function acorn_accounts_of(kind text) returns uuid[] language sql stable parallel safe as $$
  select coalesce(nullif(current_setting('app.accounts_' || kind, true), ''), nullif(current_setting('app.account_ids', true), ''), '{}')::uuid[]
$$;

do $$
declare
  walls constant jsonb := '{
    "order": ["PurchaseOrder", "PurchaseOrderVersion", "OrderLine", "Acknowledgement"],
    "shipment": ["Shipment", "ShipmentLine", "Container", "PackedItem"],
    "receipt": ["Receipt"],
    "invoice": ["Invoice", "InvoiceLine", "InvoiceTax"],
    "payment": ["Payment", "Allocation"],
    "deduction": ["Deduction"],
    "document": ["RawDocument", "ParkedDocument", "ContractWarning", "Fact"]
  }';
  kind text;
  name text;
begin
  for kind in select jsonb_object_keys(walls) loop
    for name in select jsonb_array_elements_text(walls -> kind) loop
      execute format('drop policy tenant on %I', name);
      execute format('create policy tenant on %I to acorn_app using ("accountId" = any (acorn_accounts_of(%L))) with check ("accountId" = any (acorn_accounts_of(%L)))', name, kind, kind);
    end loop;
  end loop;
end $$;

-- What changed tells what there is: an entry about an invoice is for who may read invoices.
drop policy tenant on "Change";
create policy tenant on "Change" to acorn_app
  using ("accountId" = any (acorn_accounts_of('change'))
    and case "subjectKind"
      when 'purchase-order' then "accountId" = any (acorn_accounts_of('order'))
      when 'shipment' then "accountId" = any (acorn_accounts_of('shipment'))
      when 'invoice' then "accountId" = any (acorn_accounts_of('invoice'))
      when 'deduction' then "accountId" = any (acorn_accounts_of('deduction'))
      else false end)
  with check ("accountId" = any (acorn_accounts()));
