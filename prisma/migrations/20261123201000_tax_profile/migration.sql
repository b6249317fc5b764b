-- Why:   a tax depends on who the supplier is, and no document says that. The operator does, once for each account; it
--        is read whole and never by what it holds, so it is one value of the account's row and behind its row security.
-- Locks: brief, on "VendorAccount"; a column without a default rewrites nothing. Undo: drop the column.

-- AlterTable
ALTER TABLE "VendorAccount" ADD COLUMN "taxProfile" JSONB;
