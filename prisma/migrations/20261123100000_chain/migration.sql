-- Why:   the whole chain in one go, since there is nothing before it: documents, facts, state, the change log.
-- Locks: none that matter, every table is new. Undo: drop the tables, then the functions.

-- Two roles that can never bypass row security. Roles belong to the server, not the database, so they may exist already.
do $$ begin
  create role acorn_app nologin nosuperuser nobypassrls nocreatedb nocreaterole;
exception when duplicate_object or unique_violation then null; end $$;
do $$ begin
  create role acorn_worker nologin nosuperuser nobypassrls nocreatedb nocreaterole;
exception when duplicate_object or unique_violation then null; end $$;
grant acorn_app, acorn_worker to current_user;

-- The accounts of this transaction. No context, no accounts: a query without a tenant sees nothing.
create function acorn_accounts() returns uuid[] language sql stable parallel safe as $$
  select coalesce(nullif(current_setting('app.account_ids', true), ''), '{}')::uuid[]
$$;
create function acorn_organisation() returns uuid language sql stable parallel safe as $$
  select nullif(current_setting('app.organisation_id', true), '')::uuid
$$;

-- CreateTable
CREATE TABLE "Change" (
    "accountId" UUID NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "position" BIGINT,
    "sequence" BIGINT,
    "kind" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "subjectKind" TEXT NOT NULL,
    "subjectKey" TEXT NOT NULL,
    "orderNumber" TEXT,
    "lineNumber" TEXT,
    "asin" TEXT,
    "shipmentIdentifier" TEXT,
    "invoiceNumber" TEXT,
    "paymentNumber" TEXT,
    "deductionNumber" TEXT,
    "occurredAt" TIMESTAMPTZ(3) NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actBy" TIMESTAMPTZ(3),
    "data" JSONB NOT NULL,

    CONSTRAINT "Change_pkey" PRIMARY KEY ("accountId","id")
);

-- CreateTable
CREATE TABLE "FeedHead" (
    "accountId" UUID NOT NULL,
    "sequence" BIGINT NOT NULL,

    CONSTRAINT "FeedHead_pkey" PRIMARY KEY ("accountId")
);

-- CreateTable
CREATE TABLE "Feed" (
    "id" UUID NOT NULL,
    "position" BIGINT NOT NULL,
    "secret" TEXT NOT NULL,

    CONSTRAINT "Feed_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RawDocument" (
    "accountId" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "connector" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "mediaType" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "size" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "RawDocument_pkey" PRIMARY KEY ("accountId","sha256")
);

-- CreateTable
CREATE TABLE "ParkedDocument" (
    "accountId" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "documentId" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "parkedAt" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL,
    "lastTriedAt" TIMESTAMPTZ(3) NOT NULL,
    "resolvedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ParkedDocument_pkey" PRIMARY KEY ("accountId","id")
);

-- CreateTable
CREATE TABLE "ContractWarning" (
    "accountId" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "connector" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "member" TEXT NOT NULL,
    "found" TEXT NOT NULL,
    "documents" INTEGER NOT NULL,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "documentId" TEXT NOT NULL,

    CONSTRAINT "ContractWarning_pkey" PRIMARY KEY ("accountId","id")
);

-- CreateTable
CREATE TABLE "Fact" (
    "accountId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subjectKind" TEXT NOT NULL,
    "subjectKey" TEXT NOT NULL,
    "asOf" TIMESTAMPTZ(3) NOT NULL,
    "data" JSONB NOT NULL,
    "connector" TEXT NOT NULL,
    "documentId" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Fact_pkey" PRIMARY KEY ("accountId","id")
);

-- CreateTable
CREATE TABLE "ConnectorCursor" (
    "accountId" UUID NOT NULL,
    "connector" TEXT NOT NULL,
    "cursor" JSONB NOT NULL,
    "progress" DOUBLE PRECISION NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "caughtUpAt" TIMESTAMPTZ(3),
    "problem" TEXT,

    CONSTRAINT "ConnectorCursor_pkey" PRIMARY KEY ("accountId","connector")
);

-- CreateTable
CREATE TABLE "Invoice" (
    "accountId" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    "status" TEXT,
    "issuedOn" DATE NOT NULL,
    "dueOn" DATE,
    "terms" TEXT,
    "discountPercent" DECIMAL(9,4),
    "discountDueDays" INTEGER,
    "netDueDays" INTEGER,
    "vendorCode" TEXT,
    "payeeCode" TEXT,
    "currency" CHAR(3) NOT NULL,
    "netMinor" BIGINT,
    "taxMinor" BIGINT,
    "totalMinor" BIGINT NOT NULL,
    "paidMinor" BIGINT NOT NULL,
    "queuedMinor" BIGINT NOT NULL,
    "discountMinor" BIGINT NOT NULL,
    "deductedMinor" BIGINT NOT NULL,
    "creditedMinor" BIGINT NOT NULL,
    "openMinor" BIGINT NOT NULL,
    "referencedInvoiceNumbers" TEXT[],
    "shortageNumbers" TEXT[],

    CONSTRAINT "Invoice_pkey" PRIMARY KEY ("accountId","number")
);

-- CreateTable
CREATE TABLE "InvoiceLine" (
    "accountId" UUID NOT NULL,
    "invoiceNumber" TEXT NOT NULL,
    "lineNumber" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "orderNumber" TEXT,
    "orderLineNumber" TEXT,
    "asin" TEXT,
    "vendorSku" TEXT,
    "description" TEXT,
    "currency" CHAR(3) NOT NULL,
    "invoiced" INTEGER NOT NULL,
    "unitCost" DECIMAL(38,10),
    "netMinor" BIGINT,
    "taxMinor" BIGINT,
    "totalMinor" BIGINT NOT NULL,
    "paidMinor" BIGINT NOT NULL,
    "discountMinor" BIGINT NOT NULL,
    "deductedMinor" BIGINT NOT NULL,
    "creditedMinor" BIGINT NOT NULL,
    "openMinor" BIGINT NOT NULL,
    "matched" INTEGER,
    "quantityVariance" INTEGER,
    "priceVarianceMinor" BIGINT,
    "reasons" TEXT[],
    "referencedInvoiceNumber" TEXT,

    CONSTRAINT "InvoiceLine_pkey" PRIMARY KEY ("accountId","invoiceNumber","lineNumber")
);

-- CreateTable
CREATE TABLE "InvoiceTax" (
    "accountId" UUID NOT NULL,
    "invoiceNumber" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "lineNumber" TEXT,
    "type" TEXT NOT NULL,
    "rate" DECIMAL(12,6),
    "taxableMinor" BIGINT,
    "taxMinor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,

    CONSTRAINT "InvoiceTax_pkey" PRIMARY KEY ("accountId","invoiceNumber","position")
);

-- CreateTable
CREATE TABLE "Organisation" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Organisation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApiKey" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "secretHash" TEXT NOT NULL,
    "scopes" TEXT[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ApiKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VendorAccount" (
    "accountId" UUID NOT NULL,
    "organisationId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "site" TEXT NOT NULL,
    "marketplaceId" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "timeZone" TEXT NOT NULL,
    "vendorCodes" TEXT[],
    "paymentTerms" TEXT,
    "connector" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "VendorAccount_pkey" PRIMARY KEY ("accountId")
);

-- CreateTable
CREATE TABLE "Payment" (
    "accountId" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "status" TEXT NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "unexplainedMinor" BIGINT NOT NULL,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Payment_pkey" PRIMARY KEY ("accountId","number","currency")
);

-- CreateTable
CREATE TABLE "Allocation" (
    "accountId" UUID NOT NULL,
    "invoiceNumber" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "paymentNumber" TEXT,
    "currency" CHAR(3) NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Allocation_pkey" PRIMARY KEY ("accountId","invoiceNumber","position")
);

-- CreateTable
CREATE TABLE "Deduction" (
    "accountId" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "deductedMinor" BIGINT NOT NULL,
    "reasons" TEXT[],
    "statedInvoiceNumber" TEXT,
    "invoiceNumber" TEXT,
    "restates" TEXT,
    "issuedOn" DATE NOT NULL,
    "dueOn" DATE,
    "paymentNumbers" TEXT[],

    CONSTRAINT "Deduction_pkey" PRIMARY KEY ("accountId","number")
);

-- CreateTable
CREATE TABLE "Product" (
    "accountId" UUID NOT NULL,
    "asin" TEXT NOT NULL,
    "vendorSku" TEXT,
    "vendorSkuAsOf" TIMESTAMPTZ(3),
    "title" TEXT,
    "titleAsOf" TIMESTAMPTZ(3),

    CONSTRAINT "Product_pkey" PRIMARY KEY ("accountId","asin")
);

-- CreateTable
CREATE TABLE "PurchaseOrder" (
    "accountId" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "amazonState" TEXT,
    "amazonStatus" TEXT,
    "type" TEXT,
    "paymentMethod" TEXT,
    "dealCode" TEXT,
    "vendorCode" TEXT,
    "freightTerm" TEXT,
    "orderedAt" TIMESTAMPTZ(3),
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "shipWindowFrom" TIMESTAMPTZ(3),
    "shipWindowTo" TIMESTAMPTZ(3),
    "deliveryWindowFrom" TIMESTAMPTZ(3),
    "deliveryWindowTo" TIMESTAMPTZ(3),
    "shipToId" TEXT,
    "shipTo" JSONB,
    "billTo" JSONB,
    "buyer" JSONB,
    "importTerms" JSONB,
    "currency" CHAR(3) NOT NULL,
    "lineCount" INTEGER NOT NULL,
    "ordered" INTEGER NOT NULL,
    "accepted" INTEGER NOT NULL,
    "backordered" INTEGER NOT NULL,
    "rejected" INTEGER NOT NULL,
    "shipped" INTEGER NOT NULL,
    "received" INTEGER NOT NULL,
    "invoiced" INTEGER NOT NULL,
    "orderedMinor" BIGINT NOT NULL,
    "invoicedMinor" BIGINT NOT NULL,
    "paidMinor" BIGINT NOT NULL,
    "deductedMinor" BIGINT NOT NULL,
    "discountMinor" BIGINT NOT NULL,
    "creditedMinor" BIGINT NOT NULL,
    "openMinor" BIGINT NOT NULL,

    CONSTRAINT "PurchaseOrder_pkey" PRIMARY KEY ("accountId","number")
);

-- CreateTable
CREATE TABLE "PurchaseOrderVersion" (
    "accountId" UUID NOT NULL,
    "orderNumber" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "terms" JSONB NOT NULL,
    "differences" JSONB NOT NULL,

    CONSTRAINT "PurchaseOrderVersion_pkey" PRIMARY KEY ("accountId","orderNumber","version")
);

-- CreateTable
CREATE TABLE "OrderLine" (
    "accountId" UUID NOT NULL,
    "orderNumber" TEXT NOT NULL,
    "lineNumber" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "asin" TEXT,
    "vendorSku" TEXT,
    "state" TEXT NOT NULL,
    "removed" BOOLEAN NOT NULL,
    "cancelled" BOOLEAN NOT NULL,
    "countedIn" TEXT NOT NULL,
    "caseSize" INTEGER NOT NULL,
    "costPer" TEXT NOT NULL,
    "backorderAllowed" BOOLEAN,
    "currency" CHAR(3) NOT NULL,
    "unitCost" DECIMAL(38,10),
    "listPrice" DECIMAL(38,10),
    "acknowledged" BOOLEAN NOT NULL,
    "closed" BOOLEAN NOT NULL,
    "ordered" INTEGER NOT NULL,
    "accepted" INTEGER NOT NULL,
    "backordered" INTEGER NOT NULL,
    "rejected" INTEGER NOT NULL,
    "shipped" INTEGER NOT NULL,
    "received" INTEGER NOT NULL,
    "invoiced" INTEGER NOT NULL,
    "lastReceivedAt" TIMESTAMPTZ(3),
    "orderedMinor" BIGINT NOT NULL,
    "invoicedMinor" BIGINT NOT NULL,
    "paidMinor" BIGINT NOT NULL,
    "deductedMinor" BIGINT NOT NULL,
    "discountMinor" BIGINT NOT NULL,
    "creditedMinor" BIGINT NOT NULL,
    "openMinor" BIGINT NOT NULL,

    CONSTRAINT "OrderLine_pkey" PRIMARY KEY ("accountId","orderNumber","lineNumber")
);

-- CreateTable
CREATE TABLE "Acknowledgement" (
    "accountId" UUID NOT NULL,
    "orderNumber" TEXT NOT NULL,
    "lineNumber" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "code" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "rejectionReason" TEXT,
    "scheduledShipAt" TIMESTAMPTZ(3),
    "scheduledDeliveryAt" TIMESTAMPTZ(3),
    "standing" BOOLEAN NOT NULL,

    CONSTRAINT "Acknowledgement_pkey" PRIMARY KEY ("accountId","orderNumber","lineNumber","position")
);

-- CreateTable
CREATE TABLE "Receipt" (
    "accountId" UUID NOT NULL,
    "orderNumber" TEXT NOT NULL,
    "lineNumber" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "quantity" INTEGER NOT NULL,
    "runningTotal" INTEGER NOT NULL,
    "correction" BOOLEAN NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Receipt_pkey" PRIMARY KEY ("accountId","orderNumber","lineNumber","position")
);

-- CreateTable
CREATE TABLE "Shipment" (
    "accountId" UUID NOT NULL,
    "identifier" TEXT NOT NULL,
    "status" TEXT,
    "cancelled" BOOLEAN NOT NULL,
    "vendorCode" TEXT,
    "amazonReferenceNumber" TEXT,
    "freightTerm" TEXT,
    "shipFromId" TEXT,
    "shipFrom" JSONB,
    "shipToId" TEXT,
    "shipTo" JSONB,
    "createdAt" TIMESTAMPTZ(3),
    "shippedAt" TIMESTAMPTZ(3),
    "estimatedDeliveryAt" TIMESTAMPTZ(3),
    "deliveredAt" TIMESTAMPTZ(3),
    "carrierScac" TEXT,
    "carrierName" TEXT,
    "billOfLading" TEXT,
    "proNumber" TEXT,
    "mode" TEXT,
    "cartonCount" INTEGER,
    "palletCount" INTEGER,
    "shipped" INTEGER NOT NULL,

    CONSTRAINT "Shipment_pkey" PRIMARY KEY ("accountId","identifier")
);

-- CreateTable
CREATE TABLE "ShipmentLine" (
    "accountId" UUID NOT NULL,
    "shipmentIdentifier" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "orderNumber" TEXT,
    "statedLineNumber" TEXT,
    "orderLineNumber" TEXT,
    "asin" TEXT,
    "vendorSku" TEXT,
    "shipped" INTEGER NOT NULL,

    CONSTRAINT "ShipmentLine_pkey" PRIMARY KEY ("accountId","shipmentIdentifier","position")
);

-- CreateTable
CREATE TABLE "Container" (
    "accountId" UUID NOT NULL,
    "shipmentIdentifier" TEXT NOT NULL,
    "sequence" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "sscc" TEXT,
    "identifiers" JSONB NOT NULL,
    "trackingNumber" TEXT,
    "parentSequence" TEXT,

    CONSTRAINT "Container_pkey" PRIMARY KEY ("accountId","shipmentIdentifier","sequence")
);

-- CreateTable
CREATE TABLE "PackedItem" (
    "accountId" UUID NOT NULL,
    "shipmentIdentifier" TEXT NOT NULL,
    "containerSequence" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "orderNumber" TEXT,
    "statedLineNumber" TEXT,
    "asin" TEXT,
    "vendorSku" TEXT,
    "packed" INTEGER NOT NULL,
    "lotNumber" TEXT,
    "expiresOn" DATE,
    "manufacturedOn" DATE,

    CONSTRAINT "PackedItem_pkey" PRIMARY KEY ("accountId","shipmentIdentifier","containerSequence","position")
);

-- CreateIndex
CREATE INDEX "Change_accountId_position_idx" ON "Change"("accountId", "position");

-- CreateIndex
CREATE INDEX "Change_position_idx" ON "Change"("position");

-- CreateIndex
CREATE INDEX "Change_accountId_orderNumber_position_idx" ON "Change"("accountId", "orderNumber", "position");

-- CreateIndex
CREATE UNIQUE INDEX "Change_accountId_sequence_key" ON "Change"("accountId", "sequence");

-- CreateIndex
CREATE INDEX "RawDocument_accountId_receivedAt_idx" ON "RawDocument"("accountId", "receivedAt");

-- CreateIndex
CREATE INDEX "ParkedDocument_accountId_parkedAt_idx" ON "ParkedDocument"("accountId", "parkedAt");

-- CreateIndex
CREATE INDEX "Fact_accountId_subjectKind_subjectKey_idx" ON "Fact"("accountId", "subjectKind", "subjectKey");

-- CreateIndex
CREATE INDEX "Invoice_accountId_issuedOn_number_idx" ON "Invoice"("accountId", "issuedOn", "number");

-- CreateIndex
CREATE INDEX "Invoice_accountId_dueOn_idx" ON "Invoice"("accountId", "dueOn");

-- CreateIndex
CREATE INDEX "InvoiceLine_accountId_orderNumber_idx" ON "InvoiceLine"("accountId", "orderNumber");

-- CreateIndex
CREATE INDEX "InvoiceLine_accountId_asin_idx" ON "InvoiceLine"("accountId", "asin");

-- CreateIndex
CREATE INDEX "InvoiceLine_accountId_referencedInvoiceNumber_idx" ON "InvoiceLine"("accountId", "referencedInvoiceNumber");

-- CreateIndex
CREATE UNIQUE INDEX "Organisation_name_key" ON "Organisation"("name");

-- CreateIndex
CREATE UNIQUE INDEX "ApiKey_prefix_key" ON "ApiKey"("prefix");

-- CreateIndex
CREATE UNIQUE INDEX "ApiKey_secretHash_key" ON "ApiKey"("secretHash");

-- CreateIndex
CREATE INDEX "ApiKey_organisationId_idx" ON "ApiKey"("organisationId");

-- CreateIndex
CREATE UNIQUE INDEX "VendorAccount_organisationId_name_key" ON "VendorAccount"("organisationId", "name");

-- CreateIndex
CREATE INDEX "Payment_accountId_firstSeenAt_idx" ON "Payment"("accountId", "firstSeenAt");

-- CreateIndex
CREATE INDEX "Allocation_accountId_paymentNumber_idx" ON "Allocation"("accountId", "paymentNumber");

-- CreateIndex
CREATE INDEX "Deduction_accountId_issuedOn_idx" ON "Deduction"("accountId", "issuedOn");

-- CreateIndex
CREATE INDEX "Deduction_accountId_statedInvoiceNumber_idx" ON "Deduction"("accountId", "statedInvoiceNumber");

-- CreateIndex
CREATE INDEX "PurchaseOrder_accountId_orderedAt_number_idx" ON "PurchaseOrder"("accountId", "orderedAt", "number");

-- CreateIndex
CREATE INDEX "PurchaseOrder_accountId_changedAt_number_idx" ON "PurchaseOrder"("accountId", "changedAt", "number");

-- CreateIndex
CREATE INDEX "PurchaseOrder_accountId_state_idx" ON "PurchaseOrder"("accountId", "state");

-- CreateIndex
CREATE INDEX "OrderLine_accountId_asin_idx" ON "OrderLine"("accountId", "asin");

-- CreateIndex
CREATE INDEX "OrderLine_accountId_state_idx" ON "OrderLine"("accountId", "state");

-- CreateIndex
CREATE INDEX "Receipt_accountId_receivedAt_idx" ON "Receipt"("accountId", "receivedAt");

-- CreateIndex
CREATE INDEX "Shipment_accountId_shippedAt_idx" ON "Shipment"("accountId", "shippedAt");

-- CreateIndex
CREATE INDEX "ShipmentLine_accountId_orderNumber_idx" ON "ShipmentLine"("accountId", "orderNumber");

-- CreateIndex
CREATE INDEX "Container_accountId_sscc_idx" ON "Container"("accountId", "sscc");

-- AddForeignKey
ALTER TABLE "Change" ADD CONSTRAINT "Change_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "VendorAccount"("accountId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RawDocument" ADD CONSTRAINT "RawDocument_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "VendorAccount"("accountId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ParkedDocument" ADD CONSTRAINT "ParkedDocument_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "VendorAccount"("accountId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ParkedDocument" ADD CONSTRAINT "ParkedDocument_accountId_documentId_fkey" FOREIGN KEY ("accountId", "documentId") REFERENCES "RawDocument"("accountId", "sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ContractWarning" ADD CONSTRAINT "ContractWarning_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "VendorAccount"("accountId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ContractWarning" ADD CONSTRAINT "ContractWarning_accountId_documentId_fkey" FOREIGN KEY ("accountId", "documentId") REFERENCES "RawDocument"("accountId", "sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Fact" ADD CONSTRAINT "Fact_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "VendorAccount"("accountId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Fact" ADD CONSTRAINT "Fact_accountId_documentId_fkey" FOREIGN KEY ("accountId", "documentId") REFERENCES "RawDocument"("accountId", "sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConnectorCursor" ADD CONSTRAINT "ConnectorCursor_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "VendorAccount"("accountId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invoice" ADD CONSTRAINT "Invoice_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "VendorAccount"("accountId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InvoiceLine" ADD CONSTRAINT "InvoiceLine_accountId_invoiceNumber_fkey" FOREIGN KEY ("accountId", "invoiceNumber") REFERENCES "Invoice"("accountId", "number") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InvoiceLine" ADD CONSTRAINT "InvoiceLine_accountId_orderNumber_orderLineNumber_fkey" FOREIGN KEY ("accountId", "orderNumber", "orderLineNumber") REFERENCES "OrderLine"("accountId", "orderNumber", "lineNumber") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "InvoiceTax" ADD CONSTRAINT "InvoiceTax_accountId_invoiceNumber_fkey" FOREIGN KEY ("accountId", "invoiceNumber") REFERENCES "Invoice"("accountId", "number") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VendorAccount" ADD CONSTRAINT "VendorAccount_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Payment" ADD CONSTRAINT "Payment_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "VendorAccount"("accountId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Allocation" ADD CONSTRAINT "Allocation_accountId_invoiceNumber_fkey" FOREIGN KEY ("accountId", "invoiceNumber") REFERENCES "Invoice"("accountId", "number") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Allocation" ADD CONSTRAINT "Allocation_accountId_paymentNumber_currency_fkey" FOREIGN KEY ("accountId", "paymentNumber", "currency") REFERENCES "Payment"("accountId", "number", "currency") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Deduction" ADD CONSTRAINT "Deduction_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "VendorAccount"("accountId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Deduction" ADD CONSTRAINT "Deduction_accountId_invoiceNumber_fkey" FOREIGN KEY ("accountId", "invoiceNumber") REFERENCES "Invoice"("accountId", "number") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Product" ADD CONSTRAINT "Product_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "VendorAccount"("accountId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PurchaseOrder" ADD CONSTRAINT "PurchaseOrder_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "VendorAccount"("accountId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PurchaseOrderVersion" ADD CONSTRAINT "PurchaseOrderVersion_accountId_orderNumber_fkey" FOREIGN KEY ("accountId", "orderNumber") REFERENCES "PurchaseOrder"("accountId", "number") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OrderLine" ADD CONSTRAINT "OrderLine_accountId_orderNumber_fkey" FOREIGN KEY ("accountId", "orderNumber") REFERENCES "PurchaseOrder"("accountId", "number") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Acknowledgement" ADD CONSTRAINT "Acknowledgement_accountId_orderNumber_lineNumber_fkey" FOREIGN KEY ("accountId", "orderNumber", "lineNumber") REFERENCES "OrderLine"("accountId", "orderNumber", "lineNumber") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Receipt" ADD CONSTRAINT "Receipt_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "VendorAccount"("accountId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Receipt" ADD CONSTRAINT "Receipt_accountId_orderNumber_lineNumber_fkey" FOREIGN KEY ("accountId", "orderNumber", "lineNumber") REFERENCES "OrderLine"("accountId", "orderNumber", "lineNumber") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Shipment" ADD CONSTRAINT "Shipment_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "VendorAccount"("accountId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ShipmentLine" ADD CONSTRAINT "ShipmentLine_accountId_shipmentIdentifier_fkey" FOREIGN KEY ("accountId", "shipmentIdentifier") REFERENCES "Shipment"("accountId", "identifier") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ShipmentLine" ADD CONSTRAINT "ShipmentLine_accountId_orderNumber_orderLineNumber_fkey" FOREIGN KEY ("accountId", "orderNumber", "orderLineNumber") REFERENCES "OrderLine"("accountId", "orderNumber", "lineNumber") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Container" ADD CONSTRAINT "Container_accountId_shipmentIdentifier_fkey" FOREIGN KEY ("accountId", "shipmentIdentifier") REFERENCES "Shipment"("accountId", "identifier") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PackedItem" ADD CONSTRAINT "PackedItem_accountId_shipmentIdentifier_containerSequence_fkey" FOREIGN KEY ("accountId", "shipmentIdentifier", "containerSequence") REFERENCES "Container"("accountId", "shipmentIdentifier", "sequence") ON DELETE CASCADE ON UPDATE CASCADE;

-- Row security, forced on owners too. The account is the wall.
alter table "RawDocument" enable row level security;
alter table "RawDocument" force row level security;
create policy tenant on "RawDocument" to acorn_app using ("accountId" = any (acorn_accounts())) with check ("accountId" = any (acorn_accounts()));
alter table "ParkedDocument" enable row level security;
alter table "ParkedDocument" force row level security;
create policy tenant on "ParkedDocument" to acorn_app using ("accountId" = any (acorn_accounts())) with check ("accountId" = any (acorn_accounts()));
alter table "ContractWarning" enable row level security;
alter table "ContractWarning" force row level security;
create policy tenant on "ContractWarning" to acorn_app using ("accountId" = any (acorn_accounts())) with check ("accountId" = any (acorn_accounts()));
alter table "Fact" enable row level security;
alter table "Fact" force row level security;
create policy tenant on "Fact" to acorn_app using ("accountId" = any (acorn_accounts())) with check ("accountId" = any (acorn_accounts()));
alter table "ConnectorCursor" enable row level security;
alter table "ConnectorCursor" force row level security;
create policy tenant on "ConnectorCursor" to acorn_app using ("accountId" = any (acorn_accounts())) with check ("accountId" = any (acorn_accounts()));
alter table "Change" enable row level security;
alter table "Change" force row level security;
create policy tenant on "Change" to acorn_app using ("accountId" = any (acorn_accounts())) with check ("accountId" = any (acorn_accounts()));
alter table "FeedHead" enable row level security;
alter table "FeedHead" force row level security;
create policy tenant on "FeedHead" to acorn_app using ("accountId" = any (acorn_accounts())) with check ("accountId" = any (acorn_accounts()));
alter table "Product" enable row level security;
alter table "Product" force row level security;
create policy tenant on "Product" to acorn_app using ("accountId" = any (acorn_accounts())) with check ("accountId" = any (acorn_accounts()));
alter table "PurchaseOrder" enable row level security;
alter table "PurchaseOrder" force row level security;
create policy tenant on "PurchaseOrder" to acorn_app using ("accountId" = any (acorn_accounts())) with check ("accountId" = any (acorn_accounts()));
alter table "PurchaseOrderVersion" enable row level security;
alter table "PurchaseOrderVersion" force row level security;
create policy tenant on "PurchaseOrderVersion" to acorn_app using ("accountId" = any (acorn_accounts())) with check ("accountId" = any (acorn_accounts()));
alter table "OrderLine" enable row level security;
alter table "OrderLine" force row level security;
create policy tenant on "OrderLine" to acorn_app using ("accountId" = any (acorn_accounts())) with check ("accountId" = any (acorn_accounts()));
alter table "Acknowledgement" enable row level security;
alter table "Acknowledgement" force row level security;
create policy tenant on "Acknowledgement" to acorn_app using ("accountId" = any (acorn_accounts())) with check ("accountId" = any (acorn_accounts()));
alter table "Receipt" enable row level security;
alter table "Receipt" force row level security;
create policy tenant on "Receipt" to acorn_app using ("accountId" = any (acorn_accounts())) with check ("accountId" = any (acorn_accounts()));
alter table "Shipment" enable row level security;
alter table "Shipment" force row level security;
create policy tenant on "Shipment" to acorn_app using ("accountId" = any (acorn_accounts())) with check ("accountId" = any (acorn_accounts()));
alter table "ShipmentLine" enable row level security;
alter table "ShipmentLine" force row level security;
create policy tenant on "ShipmentLine" to acorn_app using ("accountId" = any (acorn_accounts())) with check ("accountId" = any (acorn_accounts()));
alter table "Container" enable row level security;
alter table "Container" force row level security;
create policy tenant on "Container" to acorn_app using ("accountId" = any (acorn_accounts())) with check ("accountId" = any (acorn_accounts()));
alter table "PackedItem" enable row level security;
alter table "PackedItem" force row level security;
create policy tenant on "PackedItem" to acorn_app using ("accountId" = any (acorn_accounts())) with check ("accountId" = any (acorn_accounts()));
alter table "Invoice" enable row level security;
alter table "Invoice" force row level security;
create policy tenant on "Invoice" to acorn_app using ("accountId" = any (acorn_accounts())) with check ("accountId" = any (acorn_accounts()));
alter table "InvoiceLine" enable row level security;
alter table "InvoiceLine" force row level security;
create policy tenant on "InvoiceLine" to acorn_app using ("accountId" = any (acorn_accounts())) with check ("accountId" = any (acorn_accounts()));
alter table "InvoiceTax" enable row level security;
alter table "InvoiceTax" force row level security;
create policy tenant on "InvoiceTax" to acorn_app using ("accountId" = any (acorn_accounts())) with check ("accountId" = any (acorn_accounts()));
alter table "Payment" enable row level security;
alter table "Payment" force row level security;
create policy tenant on "Payment" to acorn_app using ("accountId" = any (acorn_accounts())) with check ("accountId" = any (acorn_accounts()));
alter table "Allocation" enable row level security;
alter table "Allocation" force row level security;
create policy tenant on "Allocation" to acorn_app using ("accountId" = any (acorn_accounts())) with check ("accountId" = any (acorn_accounts()));
alter table "Deduction" enable row level security;
alter table "Deduction" force row level security;
create policy tenant on "Deduction" to acorn_app using ("accountId" = any (acorn_accounts())) with check ("accountId" = any (acorn_accounts()));

alter table "VendorAccount" enable row level security;
alter table "VendorAccount" force row level security;
create policy tenant on "VendorAccount" to acorn_app using ("accountId" = any (acorn_accounts())) with check ("accountId" = any (acorn_accounts()));
alter table "Organisation" enable row level security;
alter table "Organisation" force row level security;
create policy tenant on "Organisation" to acorn_app using ("id" = acorn_organisation()) with check ("id" = acorn_organisation());
alter table "ApiKey" enable row level security;
alter table "ApiKey" force row level security;
create policy tenant on "ApiKey" to acorn_app using ("organisationId" = acorn_organisation()) with check ("organisationId" = acorn_organisation());
alter table "Feed" enable row level security;
alter table "Feed" force row level security;
create policy reader on "Feed" for select to acorn_app using (true);

grant usage on schema public to acorn_app, acorn_worker;
grant select, insert, update, delete on all tables in schema public to acorn_app;
revoke insert, update, delete on "Feed", "FeedHead", "Organisation", "ApiKey", "VendorAccount" from acorn_app;
revoke update, delete on "Change", "RawDocument" from acorn_app;
grant update ("receivedAt") on "RawDocument" to acorn_app;
grant usage on all sequences in schema public to acorn_app;

-- The worker sets up organisations, tells who a key belongs to, and numbers the log. It reads no document and no state.
create policy worker on "Organisation" to acorn_worker using (true) with check (true);
create policy worker on "VendorAccount" to acorn_worker using (true) with check (true);
create policy worker on "ApiKey" to acorn_worker using (true) with check (true);
create policy worker on "Change" to acorn_worker using (true) with check (true);
create policy worker on "FeedHead" to acorn_worker using (true) with check (true);
create policy worker on "Feed" to acorn_worker using (true) with check (true);
create policy worker on "ConnectorCursor" for select to acorn_worker using (true);
grant select, insert, update on "Organisation", "VendorAccount", "ApiKey", "FeedHead", "Feed" to acorn_worker;
grant select on "Change", "ConnectorCursor" to acorn_worker;
grant update ("position", "sequence") on "Change" to acorn_worker;

-- History that can be edited cannot be defended. The one update there is gives an entry its numbers, once.
create function change_is_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE'
     and old."position" is null and new."position" is not null
     and old."sequence" is null and new."sequence" is not null
     and (to_jsonb(new) - 'position' - 'sequence') = (to_jsonb(old) - 'position' - 'sequence') then
    return new;
  end if;
  raise exception 'CHANGE_IS_APPEND_ONLY: % refused; record a correction instead', lower(tg_op);
end $$;
create trigger change_is_append_only before update or delete on "Change"
  for each row execute function change_is_append_only();
create function change_is_never_truncated() returns trigger language plpgsql as $$
begin
  raise exception 'CHANGE_IS_APPEND_ONLY: truncate refused; record a correction instead';
end $$;
create trigger change_is_never_truncated before truncate on "Change"
  for each statement execute function change_is_never_truncated();

-- What the sequencer has still to number is always few: found without reading the log.
create index "Change_unsequenced_idx" on "Change" ("id") where "position" is null;

-- One feed. Its secret makes cursors that no other installation, and no client, can read or forge.
insert into "Feed" ("id", "position", "secret")
values (gen_random_uuid(), 0, replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''));
