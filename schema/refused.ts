import { GraphQLError } from 'graphql';

/**
 * Every code that an answer of the schema can carry in `extensions.code`. A code is never renamed and never reused;
 * each has its heading in ERRORS.md. The server adds its own for what happens before and around execution.
 */
export const refusalCodes = [
  'BAD_USER_INPUT',
  'FORBIDDEN',
  'PAGE_SIZE_REQUIRED',
  'PAGE_SIZE_OUT_OF_RANGE',
  'TOO_DEEP',
  'TOO_BROAD',
  'TOO_COSTLY',
  'CURSOR_NOT_OURS',
  'CURSOR_EXPIRED',
  'REPLAY_LIMIT_REACHED',
  'PARKED_DOCUMENT_NOT_FOUND',
  'STILL_UNREADABLE',
  'NAME_TAKEN',
  'RIGHT_UNKNOWN',
  'NOT_YOURS_TO_GIVE',
  'ORGANISATION_NOT_FOUND',
  'HOLDER_NOT_FOUND',
  'ACCOUNT_NOT_FOUND',
  'TWO_KEYS_ACTIVE',
  'WEBHOOK_NOT_FOUND',
  'WEBHOOK_ADDRESS_REFUSED',
  'TOO_MANY_WEBHOOKS',
  'SECRETS_NOT_CONFIGURED',
  'SITE_NOT_INSTALLED',
  'MARKETPLACE_NOT_INSTALLED',
  'NOT_ANSWERED_YET',
  'YEAR_OUT_OF_RANGE',
  'TAX_CLASS_UNKNOWN',
  'TAX_RATE_UNKNOWN',
  'TAX_NOT_DECIDABLE',
  'NOT_ENOUGH_KNOWN',
  'TERMS_NOT_STATED',
  'TERMS_NOT_READ',
  'TERMS_INCOMPLETE',
  'TERMS_NOT_HANDLED',
  'TERMS_INVALID',
  'PAYMENT_CLOCK_UNKNOWN',
  'FREIGHT_TERM_MISSING',
  'TERM_DATE_MISSING',
  'TERM_AMOUNT_MISSING',
  'RATE_UNKNOWN',
  'RATE_TOO_OLD',
  'IDENTIFIER_SCHEME_UNKNOWN',
] as const;

export type RefusalCode = (typeof refusalCodes)[number];

/** A "no" as GraphQL says it at the top level: a sentence for a person, a code for a program, the facts for both. */
export const refused = (
  code: RefusalCode,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): GraphQLError => new GraphQLError(message, { extensions: { code, ...details } });

/** An argument that cannot be understood, by its name. */
export const badInput = (argument: string, expected: string): GraphQLError =>
  refused('BAD_USER_INPUT', `${argument}: ${expected}`, { argument });
