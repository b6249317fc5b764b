import { UpstreamRefused } from 'acorn/plugin';
import { z } from 'zod';
import type { Endpoints } from './endpoints.ts';
import type { Exchange } from './exchange.ts';
import type { Settings } from './settings.ts';

const granted = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().default(3600) });
const refused = z.object({ error: z.string() });

/** An access token and until when it is good, on the steady clock. */
interface Token {
  readonly text: string;
  readonly goodUntil: number;
}

/** Refresh this long before a token ends, so that none ends on the way. */
const marginMillis = 60_000;

/** Login with Amazon by refresh token. One token serves until it is about to end, or until upstream rejects it. */
export class Login {
  private readonly exchange: Exchange;
  private readonly url: string;
  private readonly settings: Settings;
  private token: Token | undefined;
  private fetching: Promise<Token> | undefined;

  constructor(exchange: Exchange, endpoints: Endpoints, settings: Settings) {
    this.exchange = exchange;
    this.url = endpoints.token;
    this.settings = settings;
  }

  /** The access token to send. Those who ask while one is being fetched share it. */
  async accessToken(): Promise<string> {
    if (this.token !== undefined && performance.now() < this.token.goodUntil) return this.token.text;
    this.fetching ??= this.fetchToken().finally(() => {
      this.fetching = undefined;
    });
    this.token = await this.fetching;
    return this.token.text;
  }

  /** Upstream no longer takes this token. Another one that was fetched meanwhile stays. */
  reject(text: string): void {
    if (this.token?.text === text) this.token = undefined;
  }

  private async fetchToken(): Promise<Token> {
    const { clientId, clientSecret, refreshToken } = this.settings;
    const askedAt = performance.now();
    const answer = await this.exchange.send('login', {
      url: this.url,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' },
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: clientId,
        client_secret: clientSecret,
        refresh_token: refreshToken,
      }).toString(),
    });
    const json = answer.plain();
    if (answer.status !== 200) {
      // The description may echo what was sent; the code never does.
      const code = refused.safeParse(json).data?.error ?? String(answer.status);
      throw new UpstreamRefused('LOGIN_REFUSED', `Login with Amazon was refused: ${code}`);
    }
    const grant = granted.safeParse(json);
    if (!grant.success) throw new UpstreamRefused('LOGIN_REFUSED', 'Login with Amazon answered without a token.');
    const life = grant.data.expires_in * 1000;
    return { text: grant.data.access_token, goodUntil: askedAt + Math.max(life - marginMillis, life / 2) };
  }
}
