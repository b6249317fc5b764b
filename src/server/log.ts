import { type Logger, pino } from 'pino';
import type { LogLevel } from './define-config.ts';

export type Log = Logger;

export interface LogOptions {
  readonly level: LogLevel;
  /** Texts that are blacked out wherever they appear, whatever the key. */
  readonly secrets?: readonly string[];
  /** One line for a person instead of JSON. */
  readonly human?: boolean;
  /** Takes each line, with its line break. */
  readonly write: (line: string) => void;
}

/** A log, and a way to tell it about secrets that were made after it. */
export interface AcornLog {
  readonly log: Log;
  /** From now on this text never appears. */
  hide(secret: string): void;
}

const hidden = '[hidden]';

/** By name: whatever these hold is nobody's business. */
const names = [
  'authorization',
  'Authorization',
  'cookie',
  'Cookie',
  'x-api-key',
  'x-amz-access-token',
  'password',
  'settings',
];
const more = [
  'clientSecret',
  'refreshToken',
  'accessToken',
  'apiKey',
  'secret',
  'token',
  'databaseUrl',
  'connectionString',
];

/** By shape: our keys, Amazon's tokens and secrets, bearer tokens, signed tokens, passwords in addresses. */
const shapes = [
  /whsec_[0-9A-Za-z+/=]{16,}/g,
  /acorn_live_[0-9A-Za-z]{8}_[0-9A-Za-z]{38}/g,
  /Atz[ar]\|[^\s"'\\]+/g,
  /amzn1\.oa2-cs\.[^\s"'\\]+/g,
  /(?<=Bearer )[^\s"'\\]+/gi,
  /eyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g,
  /(?<=:\/\/[^\s:/@"]*:)[^\s@/"]+(?=@)/g,
];

/**
 * A log of JSON lines, or of human ones. Secrets are hidden three times: by the name that holds them, by their
 * shape, and by themselves; the last two look at the finished line, so that no message and no stack escapes.
 */
export function createLog({ level, secrets = [], human = false, write }: LogOptions): AcornLog {
  const known = new Set<string>();
  let pattern: RegExp | undefined;
  const hide = (secret: string) => {
    if (secret.length < 6) return;
    known.add(secret);
    // A line is JSON, in which a secret may stand escaped.
    known.add(JSON.stringify(secret).slice(1, -1));
    pattern = new RegExp(
      [...known]
        .sort((a, b) => b.length - a.length)
        .map(escapeText)
        .join('|'),
      'g',
    );
  };
  for (const secret of secrets) hide(secret);
  const clean = (line: string) => {
    let cleaned = pattern === undefined ? line : line.replace(pattern, hidden);
    for (const shape of shapes) cleaned = cleaned.replace(shape, hidden);
    return cleaned;
  };
  const paths = [...names, ...more].flatMap((name) => {
    const key = /^\w+$/.test(name) ? name : `["${name}"]`;
    return [key, key.startsWith('[') ? `*${key}` : `*.${key}`];
  });
  const log = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths, censor: hidden },
    },
    { write: (line: string) => write(human ? forPeople(clean(line)) : clean(line)) },
  );
  return { log, hide };
}

const escapeText = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** `12:30:01 warn  account DE: Amazon asks us to wait  (seconds 4)` */
function forPeople(line: string): string {
  let entry: Record<string, unknown>;
  try {
    entry = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return line;
  }
  const { time, level, msg, err, ...rest } = entry;
  const facts = Object.entries(rest).map(
    ([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const trouble = (err as { message?: string; stack?: string } | undefined)?.stack;
  return [
    String(time).slice(11, 19),
    ` ${String(level).padEnd(5)} ${String(msg ?? '')}`,
    facts.length === 0 ? '' : `  (${facts.join(', ')})`,
    trouble === undefined ? '' : `\n${trouble}`,
    '\n',
  ].join('');
}
