-- Why:   a webhook is a cursor over the log with one retry state; people write what they want, the worker how far it came.
-- Locks: none that anybody waits for. Undo: drop the four tables.

-- CreateTable
CREATE TABLE "Webhook" (
    "organisationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "maxBatch" INTEGER NOT NULL,
    "actsForKind" TEXT NOT NULL,
    "actsFor" TEXT NOT NULL,
    "startAfter" TEXT,
    "generation" INTEGER NOT NULL,
    "pausedAt" TIMESTAMPTZ(3),
    "deletedAt" TIMESTAMPTZ(3),
    "testId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Webhook_pkey" PRIMARY KEY ("organisationId","id")
);

-- CreateTable
CREATE TABLE "WebhookSecret" (
    "organisationId" UUID NOT NULL,
    "webhookId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "sealed" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3),

    CONSTRAINT "WebhookSecret_pkey" PRIMARY KEY ("organisationId","webhookId","id")
);

-- CreateTable
CREATE TABLE "WebhookProgress" (
    "organisationId" UUID NOT NULL,
    "webhookId" UUID NOT NULL,
    "generation" INTEGER NOT NULL,
    "cursor" TEXT,
    "batch" INTEGER,
    "failures" INTEGER NOT NULL,
    "failingSince" TIMESTAMPTZ(3),
    "retryAt" TIMESTAMPTZ(3),
    "stoppedAt" TIMESTAMPTZ(3),
    "reason" TEXT,
    "attempts" BIGINT NOT NULL,
    "deliveredAt" TIMESTAMPTZ(3),
    "testId" TEXT,
    "lookedAt" BIGINT,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "WebhookProgress_pkey" PRIMARY KEY ("organisationId","webhookId")
);

-- CreateTable
CREATE TABLE "WebhookDelivery" (
    "organisationId" UUID NOT NULL,
    "webhookId" UUID NOT NULL,
    "number" BIGINT NOT NULL,
    "messageId" TEXT NOT NULL,
    "test" BOOLEAN NOT NULL,
    "attempt" INTEGER NOT NULL,
    "changes" INTEGER NOT NULL,
    "cursor" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "millis" INTEGER NOT NULL,
    "status" INTEGER,
    "error" TEXT,
    "response" TEXT NOT NULL,

    CONSTRAINT "WebhookDelivery_pkey" PRIMARY KEY ("organisationId","webhookId","number")
);

-- AddForeignKey
ALTER TABLE "Webhook" ADD CONSTRAINT "Webhook_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WebhookSecret" ADD CONSTRAINT "WebhookSecret_organisationId_webhookId_fkey" FOREIGN KEY ("organisationId", "webhookId") REFERENCES "Webhook"("organisationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WebhookProgress" ADD CONSTRAINT "WebhookProgress_organisationId_webhookId_fkey" FOREIGN KEY ("organisationId", "webhookId") REFERENCES "Webhook"("organisationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WebhookDelivery" ADD CONSTRAINT "WebhookDelivery_organisationId_webhookId_fkey" FOREIGN KEY ("organisationId", "webhookId") REFERENCES "Webhook"("organisationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The organisation is the wall: a webhook may reach several of its accounts, and reads them behind their own.
alter table "Webhook" enable row level security;
alter table "Webhook" force row level security;
create policy tenant on "Webhook" to acorn_app using ("organisationId" = acorn_organisation()) with check ("organisationId" = acorn_organisation());
alter table "WebhookSecret" enable row level security;
alter table "WebhookSecret" force row level security;
create policy tenant on "WebhookSecret" to acorn_app using ("organisationId" = acorn_organisation()) with check ("organisationId" = acorn_organisation());
alter table "WebhookProgress" enable row level security;
alter table "WebhookProgress" force row level security;
create policy tenant on "WebhookProgress" for select to acorn_app using ("organisationId" = acorn_organisation());
alter table "WebhookDelivery" enable row level security;
alter table "WebhookDelivery" force row level security;
create policy tenant on "WebhookDelivery" for select to acorn_app using ("organisationId" = acorn_organisation());

-- Requests write what people want, never read a secret back, and never write progress: a busy webhook moves on many
-- times a second, and whoever pauses it would lose every race with it.
grant select, insert, update on "Webhook" to acorn_app;
grant insert, delete on "WebhookSecret" to acorn_app;
grant select ("organisationId", "webhookId", "id", "createdAt", "expiresAt"), update ("expiresAt") on "WebhookSecret" to acorn_app;
grant select on "WebhookProgress", "WebhookDelivery" to acorn_app;

-- The worker finds what is due and writes how it went. Changes it reads as the tenant, like everybody else.
create policy worker on "Webhook" to acorn_worker using (true) with check (true);
create policy worker on "WebhookSecret" for select to acorn_worker using (true);
create policy worker on "WebhookProgress" to acorn_worker using (true) with check (true);
create policy worker on "WebhookDelivery" to acorn_worker using (true) with check (true);
grant select, delete on "Webhook" to acorn_worker;
grant select on "WebhookSecret" to acorn_worker;
grant select, insert, update on "WebhookProgress" to acorn_worker;
grant select, insert, delete on "WebhookDelivery" to acorn_worker;
