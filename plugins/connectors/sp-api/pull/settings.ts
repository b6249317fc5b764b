import { UpstreamRefused } from 'acorn/plugin';
import { z } from 'zod';

/** Encrypted on the way to Amazon; in the clear only to this machine, where the simulator listens. */
const safeUrl = z.url().refine((text) => {
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname));
}, 'must be https, or http on this machine');

const hours = z
  .number()
  .positive()
  .max(24 * 365);

/** What an account says about itself, beside its store. */
export const settingsSchema = z.object({
  /** Login with Amazon: the application. */
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  /** Login with Amazon: the vendor group that granted access, in one region. */
  refreshToken: z.string().min(1),
  /** Instead of Amazon's own: regions follow as `/na`, `/eu`, `/fe`. */
  endpoint: safeUrl.optional(),
  tokenUrl: safeUrl.optional(),
  /** What Amazon publishes for nearly every vendor operation, unless the account was granted other limits. */
  requestsPerSecond: z.number().positive().max(1000).default(10),
  burst: z.number().int().positive().max(1000).default(10),
  /** Only orders of these vendor codes. Shipments and invoices cannot be asked for by vendor code. */
  vendorCodes: z.array(z.string().min(1)).min(1).optional(),
  /** Amazon keeps orders for six months. */
  importMonths: z.number().int().min(1).max(24).default(6),
  /** How far each pull reaches back over the last one: Amazon shows changes up to half an hour late. */
  overlapHours: hours.default(1),
  /** Days that were missing in an outage come back by reading the past again. */
  rereadEveryHours: hours.default(6),
  rereadDays: z.number().int().positive().max(180).default(14),
  rereadAllEveryHours: hours.default(7 * 24),
  /** An answer that takes longer counts as a lost connection. */
  timeoutMillis: z.number().int().positive().default(30_000),
  /** The first and the longest pause between two tries. */
  firstPauseMillis: z.number().int().positive().default(500),
  longestPauseMillis: z.number().int().positive().default(60_000),
});

export type Settings = z.infer<typeof settingsSchema>;

/** The settings of an account, checked. A complaint names the members and never their values. */
export function readSettings(settings: unknown): Settings {
  const checked = settingsSchema.safeParse(settings);
  if (checked.success) return checked.data;
  const complaints = checked.error.issues.map((issue) => `${issue.path.join('.') || 'settings'}: ${issue.message}`);
  throw new UpstreamRefused('SETTINGS_INVALID', `Settings of the Amazon connector: ${complaints.join('; ')}`);
}
