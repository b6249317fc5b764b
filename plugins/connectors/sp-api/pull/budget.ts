import { pause } from './back-off.ts';

/** Requests that Amazon allows one application for one vendor: a token bucket, as Amazon counts. */
export class Budget {
  private limit: number;
  private rate: number;
  private readonly burst: number;
  private readonly allowed: number;
  private readonly millis: () => number;
  private tokens: number;
  private countedAt: number;

  /**
   * @param allowed requests per second that were granted; upstream may say less, never more
   * @param burst   requests that may go at once after a rest; one is kept back, since requests may arrive closer together
   *                than they left
   * @param millis  a steady clock
   */
  constructor(allowed: number, burst: number, millis: () => number = () => performance.now()) {
    this.allowed = allowed;
    this.limit = allowed;
    this.rate = allowed;
    this.burst = Math.max(1, burst - 1);
    this.millis = millis;
    this.tokens = this.burst;
    this.countedAt = millis();
  }

  /** Wait until a request may go. Those who ask at the same time go one after another. */
  async take(signal: AbortSignal): Promise<void> {
    this.refill();
    this.tokens -= 1;
    if (this.tokens >= 0) return;
    try {
      await pause((-this.tokens / this.rate) * 1000, signal);
    } catch (error) {
      this.tokens += 1;
      throw error;
    }
  }

  /** An answer arrived. Upstream may name its limit; after a throttling the pace comes back bit by bit. */
  answered(rateLimitHeader: string | null): void {
    const named = Number(rateLimitHeader ?? Number.NaN);
    this.refill();
    if (named > 0) this.limit = Math.min(this.allowed, named);
    this.rate = Math.min(this.limit, this.rate + this.limit / 20);
  }

  /** Upstream counted more than we did: start over with an empty bucket at a slower pace. */
  throttled(): void {
    this.refill();
    this.tokens = Math.min(this.tokens, 0);
    this.rate = Math.max(this.rate * 0.7, this.limit / 20);
  }

  private refill(): void {
    const now = this.millis();
    this.tokens = Math.min(this.burst, this.tokens + ((now - this.countedAt) / 1000) * this.rate);
    this.countedAt = now;
  }
}
