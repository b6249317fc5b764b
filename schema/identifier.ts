import type { IdentifierVerdict as Verdict } from '../src/domain/identifiers/identifier.ts';
import type { IdentifierCheck as Check, IdentifierReasonCode } from '../src/domain/identifiers/scheme.ts';
import { type BroughtScheme, identifierSchemes } from '../src/seams/identifier-schemes.ts';
import { builder } from './builder.ts';
import { badInput, refused } from './refused.ts';

/** No scheme has a longer one; a book pasted by mistake should not be looked through. */
const longestText = 100;

const IdentifierVerdict = builder.enumType('IdentifierVerdict', {
  description: 'What a look at a number alone can say. Whether it is given out to somebody, only its register knows.',
  values: {
    VALID: { value: 'valid', description: 'Its shape is right, and so is its check digit.' },
    SHAPE_ONLY: {
      value: 'shape-only',
      description: 'Its shape is right; there is no check digit, or it is not promised to agree.',
    },
    INVALID: { value: 'invalid', description: 'Nobody can have this number.' },
  } satisfies Record<string, { value: Verdict; description: string }>,
});

const reasons: Readonly<Record<IdentifierReasonCode, { readonly description: string }>> = {
  UNKNOWN_PREFIX: { description: 'It begins with letters or digits that nobody gives out.' },
  WRONG_LENGTH: { description: 'It is too long or too short.' },
  WRONG_SHAPE: { description: 'Letters or digits stand where others belong.' },
  WRONG_CHECK_DIGIT: { description: 'Its check digit does not agree: something was mistyped.' },
  NO_CHECK_DIGIT: { description: 'Its shape is right, and there is nothing to check further.' },
  CHECK_DIGIT_NOT_PROMISED: { description: 'Its check digit does not agree, and some good numbers are like that.' },
};

const IdentifierReason = builder.enumType('IdentifierReason', {
  description: 'Why a number is not simply valid.',
  values: reasons,
});

interface Checked extends Check {
  readonly by: BroughtScheme;
}

const IdentifierScheme = builder.objectRef<BroughtScheme>('IdentifierScheme').implement({
  description: 'A kind of number by which parties, places and things are known.',
  authScopes: { 'account:read': true },
  fields: (t) => ({
    scheme: t.string({ description: 'Its name for a program, such as IBAN.', resolve: ({ scheme }) => scheme.scheme }),
    name: t.string({ description: 'What it is, for a person.', resolve: ({ scheme }) => scheme.name }),
    source: t.string({ description: 'Who says what a good one is.', resolve: ({ scheme }) => scheme.source }),
    site: t.string({
      nullable: true,
      description: 'Code of the site that brings it; null for international ones.',
      resolve: ({ site }) => site,
    }),
  }),
});

const IdentifierCheck = builder.objectRef<Checked>('IdentifierCheck').implement({
  description: 'What a look at a number says. Nothing is asked of anybody, and nothing is kept.',
  authScopes: { 'account:read': true },
  fields: (t) => ({
    scheme: t.field({ type: IdentifierScheme, description: 'By which scheme.', resolve: ({ by }) => by }),
    verdict: t.expose('verdict', { type: IdentifierVerdict, description: 'In a word.' }),
    normalised: t.exposeString('normalised', {
      description: 'As it is stored and compared: capitals, without blanks, dots and dashes.',
    }),
    display: t.exposeString('display', { description: 'As it is printed.' }),
    reason: t.field({
      type: IdentifierReason,
      nullable: true,
      description: 'Why it is not simply valid; null when it is.',
      resolve: ({ reason }) => reason?.code,
    }),
    message: t.string({
      nullable: true,
      description: 'The same for a person.',
      resolve: ({ reason }) => reason?.message,
    }),
  }),
});

builder.queryFields((t) => ({
  identifierSchemes: t.field({
    type: [IdentifierScheme],
    nullable: true,
    description: 'Every kind of number that can be checked here, by name.',
    authScopes: { 'account:read': true },
    resolve: (_root, _args, { sites }) => [...identifierSchemes(sites)],
  }),
  identifierCheck: t.field({
    type: IdentifierCheck,
    nullable: true,
    description: 'Whether a number can be one of its kind: its shape, its check digit, and how it is written.',
    authScopes: { 'account:read': true },
    args: {
      scheme: t.arg.string({ required: true, description: 'Which kind, such as EU-VAT; see identifierSchemes.' }),
      value: t.arg.string({ required: true, description: 'The number, as somebody wrote it.' }),
    },
    resolve: (_root, { scheme, value }, { sites }): Checked => {
      if (value.length > longestText) throw badInput('value', `at most ${longestText} characters`);
      const known = identifierSchemes(sites);
      const by = known.find((one) => one.scheme.scheme === scheme);
      if (by === undefined) {
        throw refused(
          'IDENTIFIER_SCHEME_UNKNOWN',
          `there is no kind of identifier called ${scheme.slice(0, longestText)}`,
          {
            known: known.map((one) => one.scheme.scheme),
          },
        );
      }
      return { ...by.scheme.check(value), by };
    },
  }),
}));
