import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import type { DeliveryError } from '../store/webhook-rows.ts';
import { type AddressRules, checkAddress, isPrivateAddress } from './addresses.ts';

/** How one attempt to post went. */
export interface Posted {
  /** Absent when there was no answer. */
  readonly status?: number;
  /** Absent when it arrived: an answer of 2xx. */
  readonly error?: DeliveryError;
  /** How the answer begins, as text. */
  readonly response: string;
  /** The header, when it came. */
  readonly retryAfter?: string;
}

export interface Poster {
  /** Post once. Never rejects, but when `cut` aborts: then nobody knows whether it arrived. */
  post(url: string, headers: Readonly<Record<string, string>>, body: string, cut: AbortSignal): Promise<Posted>;
  /** Close connections that are kept for the next message. */
  close(): void;
}

export interface PosterOptions extends AddressRules {
  /** From the first byte of the request to the last that is read of the answer, in milliseconds. */
  readonly timeoutMillis?: number;
  /** Where a name leads; the system's own, unless a test says otherwise. */
  readonly lookup?: typeof systemLookup;
}

/** Patience for a receiver. @source Standard Webhooks, Request timeouts: 15 to 30 seconds */
const usualTimeout = 15_000;
/** How long a connection is kept for the next message, in milliseconds. */
const idleMillis = 60_000;
/** Most bytes of an answer that are read, and most characters that are kept. */
const longestAnswer = 65_536;
const longestShown = 500;

class PrivateAddress extends Error {}

/**
 * Posts to addresses that strangers wrote down. What a name leads to is checked at the moment of connecting, and it is
 * the address checked that is connected to: a name that leads elsewhere the second time gains nothing. Redirects are
 * answers like any other, and not followed.
 */
export function openPoster({ timeoutMillis = usualTimeout, lookup = systemLookup, ...rules }: PosterOptions): Poster {
  const checked: LookupFunction = (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
      const [first] = found ?? [];
      if (error !== null || first === undefined) return callback(error ?? new Error('no address'), '', 0);
      // One that is private among many is no oversight: somebody tries which one we take.
      if (!rules.allowPrivateAddresses && found.some(({ address }) => isPrivateAddress(address))) {
        return callback(new PrivateAddress(), '', 0);
      }
      if (options.all === true) return callback(null, found);
      callback(null, first.address, first.family);
    });
  };
  const keep = { keepAlive: true, timeout: idleMillis, lookup: checked };
  const agents = { 'http:': new http.Agent(keep), 'https:': new https.Agent(keep) };

  const once = (url: URL, headers: Readonly<Record<string, string>>, body: string, signal: AbortSignal) =>
    new Promise<Posted>((resolve, reject) => {
      const { request: open } = url.protocol === 'https:' ? https : http;
      const agent = agents[url.protocol === 'https:' ? 'https:' : 'http:'];
      const length = String(Buffer.byteLength(body));
      const sent = open(url, { method: 'POST', agent, signal, headers: { ...headers, 'content-length': length } });
      let answering = false;
      sent.on('error', (error) => {
        if (!answering) reject(Object.assign(error, { again: sent.reusedSocket }));
      });
      sent.on('response', (answer) => {
        answering = true;
        const { statusCode: status = 0, headers: answered } = answer;
        const parts: Buffer[] = [];
        let read = 0;
        const done = () => {
          const retryAfter = answered['retry-after'];
          const error = errorOf(status);
          resolve({
            status,
            response: shown(Buffer.concat(parts)),
            ...(error !== undefined && { error }),
            ...(retryAfter !== undefined && { retryAfter }),
          });
        };
        answer.on('data', (part: Buffer) => {
          parts.push(part);
          read += part.length;
          if (read > longestAnswer) answer.destroy();
        });
        answer.on('end', done);
        // The status is the answer; what comes after it, or does not, is for people to look at.
        answer.on('error', () => {});
        answer.on('close', done);
      });
      sent.end(body);
    });

  return {
    post: async (text, headers, body, cut) => {
      const address = checkAddress(text, rules);
      if (!address.ok) return { error: 'ADDRESS_REFUSED', response: '' };
      const all = { 'content-type': 'application/json', 'user-agent': 'Acorn-Webhooks/1', ...headers };
      // Not AbortSignal.any: before Node 22.12 what it makes lives as long as `cut`, which is as long as we do.
      const ended = new AbortController();
      const end = () => ended.abort();
      const timer = setTimeout(end, timeoutMillis);
      cut.addEventListener('abort', end, { once: true });
      if (cut.aborted) end();
      const attempt = () => once(address.value, all, body, ended.signal);
      try {
        // A connection kept from before may have been closed by the other side just as we wrote.
        return await attempt().catch((error) =>
          error.again === true && error.code === 'ECONNRESET' ? attempt() : Promise.reject(error),
        );
      } catch (error) {
        if (cut.aborted) throw error;
        return { error: ended.signal.aborted ? 'TIMED_OUT' : troubleOf(error), response: '' };
      } finally {
        clearTimeout(timer);
        cut.removeEventListener('abort', end);
      }
    },
    close: () => {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

function errorOf(status: number): DeliveryError | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status >= 300 && status < 400) return 'REDIRECTED';
  return status === 410 ? 'GONE' : 'BAD_STATUS';
}

function troubleOf(error: unknown): DeliveryError {
  if (error instanceof PrivateAddress) return 'ADDRESS_REFUSED';
  const { code = '' } = error as { readonly code?: string };
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EAI_NODATA') return 'NAME_NOT_FOUND';
  if (/CERT|TLS|SSL|SIGNATURE|EPROTO/.test(code)) return 'TLS_FAILED';
  return 'CONNECTION_FAILED';
}

/** Text that may stand in a database and on a screen: no control characters but tabs and new lines. */
const shown = (bytes: Buffer): string =>
  bytes
    .toString('utf8')
    .replace(/[^\P{Cc}\t\n]/gu, '\ufffd')
    .slice(0, longestShown);
