import { UpstreamRefused } from 'acorn/plugin';
import { isObject, type Json } from '../read/json.ts';
import type { Budget } from './budget.ts';
import type { Endpoints } from './endpoints.ts';
import type { Answer, Exchange } from './exchange.ts';
import type { Login } from './login.ts';

export type Query = Readonly<Record<string, string>>;

/** An answer that is a document, or Amazon's "no" to this one question. */
export type Asked =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'refused'; readonly status: number; readonly code: string; readonly message: string };

/** Tries with fresh tokens before a 403 is believed. */
const tokensTried = 3;

/** Asks the vendor operations of one account, within its budget, logged in. */
export class Client {
  private readonly exchange: Exchange;
  private readonly endpoints: Endpoints;
  private readonly login: Login;
  private readonly budget: Budget;
  private readonly signal: AbortSignal;

  constructor(exchange: Exchange, endpoints: Endpoints, login: Login, budget: Budget, signal: AbortSignal) {
    this.exchange = exchange;
    this.endpoints = endpoints;
    this.login = login;
    this.budget = budget;
    this.signal = signal;
  }

  /**
   * GET one page.
   *
   * A token that ends in the middle of a run is replaced and the page asked again. Throws `UpstreamRefused` when even
   * fresh tokens are turned away: access was revoked, or the vendor group belongs to another region.
   */
  async get(operation: string, path: string, query: Query): Promise<Asked> {
    const asked = new URLSearchParams(query).toString();
    const url = `${this.endpoints.api}${path}${asked === '' ? '' : `?${asked}`}`;
    for (let tried = 1; ; tried += 1) {
      const token = await this.login.accessToken();
      const answer = await this.exchange.send(
        operation,
        { url, method: 'GET', headers: { 'x-amz-access-token': token } },
        {
          before: () => this.budget.take(this.signal),
          after: (status, headers) => {
            if (status === 429) this.budget.throttled();
            else this.budget.answered(headers.get('x-amzn-ratelimit-limit'));
          },
        },
      );
      if (answer.status === 200) return { kind: 'answered', answer };
      const { code, message } = firstError(answer.json);
      if (answer.status !== 401 && answer.status !== 403) {
        return { kind: 'refused', status: answer.status, code, message };
      }
      this.login.reject(token);
      if (tried === tokensTried) {
        throw new UpstreamRefused('ACCESS_REFUSED', `Amazon refuses access to ${operation}: ${code}`);
      }
    }
  }
}

/** Code and message of `{"errors":[{code, message}]}`. */
function firstError(json: Json): { readonly code: string; readonly message: string } {
  const errors = isObject(json) ? json.errors : undefined;
  const first = Array.isArray(errors) ? (errors as readonly Json[])[0] : undefined;
  if (!isObject(first)) return { code: 'no code', message: '' };
  return { code: textOf(first.code) ?? 'no code', message: textOf(first.message) ?? '' };
}

const textOf = (json: Json | undefined): string | undefined => (typeof json === 'string' ? json : undefined);
