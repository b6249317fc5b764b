-- Why:   a filtered feed reads what it lets through and not the whole log: one way in for each thing to filter by. The way
--        by position alone goes: nobody reads across accounts, and the planner lost itself in it.
-- Locks: writes to "Change" wait while each index is built. Undo: drop the indexes, and make "Change_position_idx" again.

-- DropIndex
DROP INDEX "Change_position_idx";

-- CreateIndex
CREATE INDEX "Change_accountId_asin_position_idx" ON "Change"("accountId", "asin", "position");

-- CreateIndex
CREATE INDEX "Change_accountId_invoiceNumber_position_idx" ON "Change"("accountId", "invoiceNumber", "position");

-- CreateIndex
CREATE INDEX "Change_accountId_kind_position_idx" ON "Change"("accountId", "kind", "position");

-- CreateIndex
CREATE INDEX "Change_accountId_severity_position_idx" ON "Change"("accountId", "severity", "position");
