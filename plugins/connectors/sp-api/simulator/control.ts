// The door for tests and integrators: clock, faults, stories, truth. Amazon has no such door.
import { isoInstant } from './calendar.ts';
import type { SimulatorClock } from './clock.ts';
import { type FaultPlan, planOf } from './faults.ts';
import { type Json, toJson } from './json.ts';
import { storyTruth, truthOf } from './truth.ts';
import type { World } from './world.ts';

export interface Controlled {
  readonly clock: SimulatorClock;
  readonly world: World;
  faults: FaultPlan;
}

export interface ControlAnswer {
  readonly status: number;
  readonly body: string;
}

const ok = (body: Json): ControlAnswer => ({ status: 200, body: toJson(body) });
const bad = (message: string): ControlAnswer => ({ status: 400, body: toJson({ error: message }) });

/** Answer a request below /simulator. @param body parsed JSON of the request, or undefined without one */
export function control(
  of: Controlled,
  method: string,
  path: string,
  query: URLSearchParams,
  body: unknown,
): ControlAnswer {
  switch (`${method} ${path}`) {
    case 'GET /simulator/clock':
      return clockAnswer(of.clock);
    case 'PUT /simulator/clock':
      return setClock(of.clock, body);
    case 'POST /simulator/clock/advance': {
      const seconds = memberOf(body, 'seconds');
      if (typeof seconds !== 'number' || !Number.isFinite(seconds) || seconds < 0)
        return bad('give { "seconds": a number }');
      of.clock.advance(seconds);
      return clockAnswer(of.clock);
    }
    case 'GET /simulator/faults':
      return faultsAnswer(of.faults);
    case 'PUT /simulator/faults': {
      const plan = planOf(of.faults, body);
      if (typeof plan === 'string') return bad(plan);
      of.faults = plan;
      return faultsAnswer(plan);
    }
    case 'GET /simulator/stories': {
      const now = of.clock.now();
      const told = of.world.accounts.flatMap((account) => of.world.chronicle(account, now).stories);
      return ok({ stories: told.filter((story) => story.startsAt <= now).map(storyTruth) });
    }
    case 'GET /simulator/truth': {
      const vendor = query.get('vendor');
      const account = of.world.accounts.find((one) => one.name === vendor || one.vendorGroupId === vendor);
      if (!account) return { status: 404, body: toJson({ error: 'give ?vendor= an account name or vendor group id' }) };
      const now = of.clock.now();
      return ok(truthOf(account, of.world.chronicle(account, now), now));
    }
    default:
      return { status: 404, body: toJson({ error: `no ${method} ${path}` }) };
  }
}

// Speeds and shares may be fractions, which toJson refuses on purpose; nothing here is money.
const clockAnswer = (clock: SimulatorClock): ControlAnswer => ({
  status: 200,
  body: JSON.stringify({ now: isoInstant(clock.now()), speed: clock.speed }),
});
const faultsAnswer = (faults: FaultPlan): ControlAnswer => ({ status: 200, body: JSON.stringify(faults) });

function setClock(clock: SimulatorClock, body: unknown): ControlAnswer {
  const now = memberOf(body, 'now');
  const speed = memberOf(body, 'speed');
  const at = typeof now === 'string' ? Date.parse(now) : undefined;
  if (
    (now !== undefined && (at === undefined || Number.isNaN(at))) ||
    (speed !== undefined && (typeof speed !== 'number' || !(speed >= 0)))
  ) {
    return bad('give { "now": an ISO instant, "speed": a number from 0 }');
  }
  clock.set({ ...(at === undefined ? {} : { now: at }), ...(typeof speed === 'number' ? { speed } : {}) });
  return clockAnswer(clock);
}

const memberOf = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null ? (body as { readonly [key: string]: unknown })[name] : undefined;
