import { type ConnectorLog, type Cursor, type Instant, parseInstant } from 'acorn/plugin';
import { z } from 'zod';

const instant = z.string().transform((text, context): Instant => {
  const at = parseInstant(text);
  if (at === undefined) context.addIssue({ code: 'custom', message: 'not an instant' });
  return at ?? ('' as Instant);
});

const operation = z.enum(['getPurchaseOrders', 'getPurchaseOrdersStatus', 'getShipmentDetails', 'getInvoiceHeaders']);

const marks = z.object({
  /** Everything up to here has been asked for. Upstream's clock. */
  through: instant,
  /** When the last days, and when all months, were last read again. */
  rereadAt: instant,
  rereadAllAt: instant,
  /** What this account was not granted: imported whole once it is. */
  refused: z.array(operation).default([]),
});

const run = z.object({
  /** Fixed when the run began: what happens later is for the next run. */
  through: instant,
  /** How far back this run may ask at all. */
  oldest: instant,
  /** First import, or a later run. */
  first: z.boolean(),
  /** Where reading by creation starts: all of it for an import, the past to read again for a later run, or nothing. */
  from: instant.optional(),
  /** Where reading by change starts, in a later run. */
  since: instant.optional(),
  /** What earlier runs were refused, to be imported whole. */
  missing: z.array(operation).default([]),
  /** What this run was refused so far. */
  refused: z.array(operation).default([]),
  /** Vendor codes asked for one by one; part of the plan, so kept with it. */
  vendorCodes: z.array(z.string()).optional(),
  /** Place in the plan. */
  step: z.number().int().nonnegative(),
  /** Pages of this step that are done. */
  page: z.number().int().nonnegative(),
  nextToken: z.string().optional(),
  /** What the last page listed and is still to be fetched one by one. */
  pending: z.array(z.string()).default([]),
  /** How many there were. */
  listed: z.number().int().nonnegative().default(0),
});

const schema = z.object({ version: z.literal(1), marks: marks.optional(), run: run.optional() });

export type Operation = z.infer<typeof operation>;
export type Marks = z.infer<typeof marks>;
export type Run = z.infer<typeof run>;

/** Where the last pull stood: between runs, or inside one. */
export interface Place {
  readonly marks?: Marks | undefined;
  readonly run?: Run | undefined;
}

/** A cursor nobody can read starts over: facts that were known already change nothing. */
export function readCursor(cursor: Cursor | undefined, log: ConnectorLog): Place {
  if (cursor === undefined) return {};
  const read = schema.safeParse(cursor);
  if (read.success) return read.data;
  log.warn('the stored place in Amazon cannot be read; importing from the start');
  return {};
}

/** Plain JSON. */
export const writeCursor = (place: Place): Cursor => JSON.parse(JSON.stringify({ version: 1, ...place })) as Cursor;
