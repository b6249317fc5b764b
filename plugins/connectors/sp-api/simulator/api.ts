// One API request, from the region's door to Amazon's answer.
import type { SimulatedAccount } from './accounts.ts';
import { ApiError, internalFailure, quotaExceeded, unauthorized, unavailable } from './api-error.ts';
import type { Instant } from './clock.ts';
import { type FaultPlan, isEvery, isShare } from './faults.ts';
import type { RateLimiter } from './rate-limit.ts';
import { operationOf, regionOf } from './routes.ts';
import { bearerOf } from './tokens.ts';
import type { World } from './world.ts';

export interface ApiRequest {
  readonly method: string;
  readonly pathname: string;
  readonly query: URLSearchParams;
  readonly token: string | undefined;
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: string;
  readonly account: SimulatedAccount | undefined;
}

export interface Api {
  /** @param nth which API request of the simulator's life this is, from 1 */
  answer(request: ApiRequest, nth: number, now: Instant, faults: FaultPlan): ApiAnswer;
}

export function createApi(world: World, limiter: RateLimiter): Api {
  const uses = new Map<string, number>();
  let pages = 0;

  function authorise(token: string | undefined, region: string, now: Instant, faults: FaultPlan): SimulatedAccount {
    if (!token) throw unauthorized('Access token is missing in the request header.');
    const bearer = bearerOf(world.accounts, token, now);
    if (bearer.kind === 'invalid')
      throw unauthorized('The access token you provided is revoked, malformed or invalid.');
    const used = (uses.get(token) ?? 0) + 1;
    uses.set(token, used);
    const worn = faults.expireTokensAfter > 0 && used > faults.expireTokensAfter;
    if (bearer.kind === 'expired' || worn) throw unauthorized('The access token you provided has expired.');
    if (bearer.account.region !== region) throw unauthorized('The access token is not valid in this region.');
    return bearer.account;
  }

  return {
    answer(request, nth, now, faults) {
      let account: SimulatedAccount | undefined;
      try {
        const place = regionOf(request.pathname);
        const operation = operationOf(request.method, place?.path ?? request.pathname);
        if (isEvery(nth, faults.storm429)) throw quotaExceeded();
        if (isShare(nth, faults.error5xx)) throw nth % 2 === 0 ? unavailable() : internalFailure();
        account = authorise(request.token, place?.region ?? '', now, faults);
        const { enforce, rps, burst } = faults.rateLimit;
        if (enforce && !limiter.take(`${account.clientId} ${account.name}`, rps, burst)) throw quotaExceeded();
        pages += 1;
        const chronicle = world.chronicle(account, now);
        const body = operation({ account, chronicle, query: request.query, now, faults, nthPage: pages });
        return { status: 200, body, account };
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        return { status: error.status, body: error.body(), account };
      }
    },
  };
}
