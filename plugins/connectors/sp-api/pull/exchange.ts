import { type ConnectorLog, fromMillis, type Instant } from 'acorn/plugin';
import { type Json, parseJson } from '../read/json.ts';
import { type Pauses, pause, pauseAfter, retryAfterMillis } from './back-off.ts';

export interface Request {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A complete answer whose body is JSON; numbers are still text. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  readonly json: Json;
  /** The body as plain JSON, for what carries no money. */
  plain(): unknown;
}

/** What happens around each try. */
export interface Around {
  /** Before each try, for pacing. */
  before?(): Promise<void>;
  /** After each answer, whatever its status. */
  after?(status: number, headers: Headers): void;
}

const agent = 'Acorn/0.1 (Language=TypeScript; Platform=Node.js)';

/**
 * One request until it has an answer that says something: tries again on lost connections, timeouts, 408, 429, 5xx and
 * on bodies that are cut off or no JSON. It has no last try: an outage is waited out, and only the signal ends the wait.
 * Redirects are not followed, since a token would go with them.
 */
export class Exchange {
  private readonly pauses: Pauses & { readonly timeoutMillis: number };
  private readonly signal: AbortSignal;
  private readonly log: ConnectorLog;
  private upstreamNow: Instant | undefined;

  constructor(pauses: Pauses & { readonly timeoutMillis: number }, signal: AbortSignal, log: ConnectorLog) {
    this.pauses = pauses;
    this.signal = signal;
    this.log = log;
  }

  /** Upstream's clock as its latest answer told it, to the second. */
  get clock(): Instant | undefined {
    return this.upstreamNow;
  }

  /** @param name what is asked for, for the log; never a URL, which may carry paging tokens */
  async send(name: string, request: Request, around: Around = {}): Promise<Answer> {
    for (let failures = 1; ; failures += 1) {
      await around.before?.();
      const outcome = await this.attempt(request, around);
      if ('answer' in outcome) return outcome.answer;
      const millis = pauseAfter(failures, this.pauses, Math.random(), outcome.askedMillis);
      this.log.warn('Amazon did not answer; trying again', {
        asked: name,
        why: outcome.why,
        failures,
        pauseMillis: Math.round(millis),
        requestId: outcome.requestId,
      });
      await pause(millis, this.signal);
    }
  }

  private async attempt(request: Request, around: Around): Promise<{ answer: Answer } | Failure> {
    this.signal.throwIfAborted();
    let status: number;
    let headers: Headers;
    let bytes: Uint8Array;
    try {
      const response = await fetch(request.url, {
        method: request.method,
        headers: { accept: 'application/json', 'user-agent': agent, ...request.headers },
        body: request.body ?? null,
        redirect: 'error',
        signal: AbortSignal.any([this.signal, AbortSignal.timeout(this.pauses.timeoutMillis)]),
      });
      ({ status, headers } = response);
      bytes = new Uint8Array(await response.arrayBuffer());
    } catch (error) {
      this.signal.throwIfAborted();
      return { why: reasonOf(error) };
    }
    this.note(headers);
    around.after?.(status, headers);
    const requestId = headers.get('x-amzn-requestid') ?? undefined;
    if (status === 408 || status === 429 || status >= 500) {
      const asked = retryAfterMillis(headers.get('retry-after'), headers.get('date'));
      return { why: `status ${status}`, requestId, askedMillis: asked };
    }
    const parsed = parseJson(bytes);
    if (!parsed.ok) return { why: `status ${status} with a body that is not whole`, requestId };
    const plain = () => JSON.parse(new TextDecoder().decode(bytes)) as unknown;
    return { answer: { status, headers, bytes, json: parsed.value, plain } };
  }

  private note(headers: Headers): void {
    const date = Date.parse(headers.get('date') ?? '');
    if (!Number.isNaN(date)) this.upstreamNow = fromMillis(date);
  }
}

interface Failure {
  readonly why: string;
  readonly requestId?: string | undefined;
  readonly askedMillis?: number | undefined;
}

/** Name and code of what went wrong on the wire; messages may carry addresses and are left out. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no connection';
  const cause = error.cause;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : undefined;
  return code ?? error.name;
}
