-- Why:   a plugin that was switched off by Acorn itself, since it looped without end, must say so to whoever finds it off.
-- Locks: brief, on "Plugin" only. Undo: drop the column.
ALTER TABLE "Plugin" ADD COLUMN "reason" TEXT;
