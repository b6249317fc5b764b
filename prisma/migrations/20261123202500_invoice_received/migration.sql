-- Why:   Amazon counts payment terms from the day it has an invoice, which is not the invoice's own date.
-- Locks: brief, on "Invoice". Undo: drop the column; the facts keep the moment.

-- AlterTable
ALTER TABLE "Invoice" ADD COLUMN "receivedAt" TIMESTAMPTZ(3);
