import type pg from 'pg';

/**
 * Everything Prisma's schema language can say about the tables of schema public, one line of text each, sorted.
 * Lines compare across databases: no ids, no order of creation.
 */
export async function tableCatalog(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(`
    WITH tables AS (
      SELECT oid, relname FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname <> '_prisma_migrations'
    )
    SELECT 'table ' || relname AS line FROM tables
    UNION ALL
    SELECT 'column ' || t.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
        || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
        || CASE WHEN a.attidentity <> '' THEN ' identity ' || a.attidentity::text ELSE '' END
        || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
      FROM tables t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    UNION ALL
    SELECT 'index ' || pg_get_indexdef(i.indexrelid) FROM tables t JOIN pg_index i ON i.indrelid = t.oid
    UNION ALL
    SELECT 'constraint ' || t.relname || '.' || c.conname || ' ' || pg_get_constraintdef(c.oid)
      FROM tables t JOIN pg_constraint c ON c.conrelid = t.oid AND c.contype <> 'n'
    UNION ALL
    SELECT 'enum ' || y.typname || ' ' || string_agg(e.enumlabel, ' ' ORDER BY e.enumsortorder)
      FROM pg_type y JOIN pg_enum e ON e.enumtypid = y.oid
      WHERE y.typnamespace = 'public'::regnamespace GROUP BY y.typname
    ORDER BY line`);
  return rows.map((row) => row.line);
}
