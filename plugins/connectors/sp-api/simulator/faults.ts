// Trouble, on request: what the real API does on a bad day, at a chosen rate.

/** All off by default, except the rate limit, which Amazon always enforces. Counts are of API requests. */
export interface FaultPlan {
  /** Requests a second and burst per application and vendor, in real time. */
  rateLimit: { enforce: boolean; rps: number; burst: number };
  /** Every n-th request is a 429 although the bucket is not empty; 0 is off. */
  storm429: number;
  /** Share of requests from 0 to 1 that fail, in turn with 500 and 503. */
  error5xx: number;
  /** Real milliseconds before any answer. */
  stallMs: number;
  /** Every n-th request loses its connection unanswered; 0 is off. */
  resetConnection: number;
  /** Every n-th 200 breaks off in the middle of its JSON; 0 is off. */
  breakPage: number;
  /** Every n-th page of a listing is empty and carries a token; 0 is off. */
  emptyPages: number;
  /** Local days (YYYY-MM-DD) whose orders cannot be found until the list is emptied. */
  missingDays: string[];
  /** An access token dies after this many requests; 0 is off. */
  expireTokensAfter: number;
  /** Each page but the first repeats the last record of the page before. */
  duplicateItems: boolean;
  /** updatedAfter and updatedBefore are read and forgotten. */
  ignoreUpdatedFilter: boolean;
  /** One document in three departs from Amazon's own schema in a way seen in the field. */
  schemaDepartures: boolean;
  /** Real milliseconds between pieces of a body of 4 KiB; 0 is off. */
  slowBody: number;
}

/** No trouble at all, at Amazon's published rate. */
export const noFaults = (): FaultPlan => ({
  rateLimit: { enforce: true, rps: 10, burst: 10 },
  storm429: 0,
  error5xx: 0,
  stallMs: 0,
  resetConnection: 0,
  breakPage: 0,
  emptyPages: 0,
  missingDays: [],
  expireTokensAfter: 0,
  duplicateItems: false,
  ignoreUpdatedFilter: false,
  schemaDepartures: false,
  slowBody: 0,
});

/** A plan from unchecked input, on top of `base`. Returns a sentence when a member does not fit. */
export function planOf(base: FaultPlan, wish: unknown): FaultPlan | string {
  if (typeof wish !== 'object' || wish === null || Array.isArray(wish)) return 'a fault plan is an object';
  const plan: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(wish)) {
    if (!(name in base)) return `unknown fault: ${name}`;
    if (name === 'rateLimit') {
      const limit = typeof value === 'object' && value !== null ? { ...base.rateLimit, ...value } : undefined;
      if (!limit || typeof limit.enforce !== 'boolean' || !isPositive(limit.rps) || !isPositive(limit.burst)) {
        return 'rateLimit is { enforce, rps, burst }';
      }
      plan[name] = { enforce: limit.enforce, rps: limit.rps, burst: limit.burst };
    } else if (name === 'missingDays') {
      if (!Array.isArray(value) || !value.every((day) => typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day))) {
        return 'missingDays is a list of YYYY-MM-DD';
      }
      plan[name] = value;
    } else {
      const like = plan[name];
      if (typeof value !== typeof like) return `${name} is a ${typeof like}`;
      if (typeof value === 'number' && !(value >= 0)) return `${name} is not negative`;
      plan[name] = value;
    }
  }
  return plan as unknown as FaultPlan;
}

const isPositive = (value: unknown): boolean => typeof value === 'number' && value > 0;

/** Whether the n-th of something is an every-k-th; never when k is 0. */
export const isEvery = (nth: number, every: number): boolean => every > 0 && nth % every === 0;

/** Whether the n-th of something is hit at this share: the same requests every time. */
export const isShare = (nth: number, ratio: number): boolean => Math.floor(nth * ratio) > Math.floor((nth - 1) * ratio);
