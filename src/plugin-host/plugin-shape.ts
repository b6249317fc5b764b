import semver from 'semver';
import { z } from 'zod';

/** Lower-case words joined by hyphens, so that schema names, rights and database names can be made from it. */
const id = text('an id of lower-case words joined by hyphens, such as "site-jp"').regex(
  /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
  { error: 'write an id of lower-case words joined by hyphens, such as "site-jp"' },
);
const version = text('a version such as "1.2.0"').refine((value) => semver.valid(value) !== null, {
  error: 'write a version such as "1.2.0"',
});
const range = text('a range of versions such as "^1.2"').refine((value) => semver.validRange(value) !== null, {
  error: 'write a range of versions such as "^1.2"',
});
const word = text('a text');
const words = z.array(word, { error: 'write a list of texts' });
const ranges = z.record(z.string(), range, { error: 'write ranges by plugin id, such as { "site-jp": "^1.0" }' });
const callable = <Args extends readonly unknown[]>() =>
  z.custom<(...given: Args) => unknown>((value) => typeof value === 'function', { error: 'write a function' });
const whatever = z.unknown();
const thing = (what: string) => z.record(z.string(), whatever, { error: `write ${what}` });
const seconds = z
  .number({ error: 'write a number of seconds' })
  .positive({ error: 'write a number of seconds above 0' });
/** Zod, Valibot and ArkType all make one; some of them are functions. */
const standardSchema = z.custom<object>(
  (value) => typeof (value as { '~standard'?: { validate?: unknown } } | null)?.['~standard']?.validate === 'function',
  { error: 'write a Standard Schema, such as one made with Zod' },
);

const site = z.looseObject(
  {
    code: text('the code of the site, such as "JP"'),
    name: text('the name of the site'),
    marketplaces: z.array(
      z.looseObject({
        id: text('the id of the marketplace'),
        country: text('a country such as "JP"').regex(/^[A-Z]{2}$/, { error: 'write a country such as "JP"' }),
        currency: text('a currency such as "JPY"').regex(/^[A-Z]{3}$/, { error: 'write a currency such as "JPY"' }),
        timeZone: text('a time zone such as "Asia/Tokyo"').refine(isTimeZone, {
          error: 'write a time zone such as "Asia/Tokyo"',
        }),
      }),
      { error: 'write a list of marketplaces' },
    ),
    tax: callable(),
    payday: callable(),
    settle: callable().optional(),
    withTables: callable().optional(),
    requirements: z
      .array(z.looseObject({ field: text('the field that is required'), source: text('who says so') }), {
        error: 'write a list of what the law wants on an invoice',
      })
      .optional(),
    identifiers: z
      .array(
        z.looseObject({
          scheme: text('the name of the scheme, such as "JP-T"'),
          name: text('what it is, for a person'),
          source: text('who says what a good one is'),
          check: callable(),
        }),
        { error: 'write a list of identifier schemes' },
      )
      .optional(),
  },
  { error: 'write a site, made with defineSite' },
);

const named = { name: text('a name, unique within the plugin') };

/**
 * What a plugin must look like before anything else can be asked of it. Types say the same to those who write
 * TypeScript; this says it to packages from outside. A member nobody knows is a mistake, not a comment: it would be
 * left out in silence.
 */
export const pluginShape = z.strictObject({
  id,
  version,
  description: text('what it is, in a sentence'),
  platform: range,
  requires: ranges.optional(),
  after: words.optional(),
  conflicts: ranges.optional(),
  sites: z.array(site, { error: 'write a list of sites' }).optional(),
  visibleTo: words.optional(),
  connector: z
    .looseObject(
      { name: text('a name such as "sp-api"'), pull: callable(), translate: callable(), recognise: callable() },
      { error: 'write a connector' },
    )
    .optional(),
  slots: z
    .array(z.strictObject({ slot: word, site: word.optional(), fill: whatever }), { error: 'write a list of slots' })
    .optional(),
  capabilities: z.strictObject({ reads: words.optional(), network: words.optional() }).optional(),
  config: z
    .strictObject({
      deployment: standardSchema.optional(),
      account: standardSchema.optional(),
      secrets: words.optional(),
    })
    .optional(),
  schema: z
    .strictObject({
      sdl: z.string({ error: 'write SDL' }),
      fields: z.record(
        z.string(),
        z.strictObject({
          needs: word.optional(),
          select: thing('columns by name').optional(),
          asks: word.optional(),
          cost: z.number({ error: 'write a cost' }).optional(),
          resolve: callable(),
        }),
        { error: 'write fields by coordinate, such as "Invoice.jp"' },
      ),
    })
    .optional(),
  scopes: z.record(z.string(), word, { error: 'write what each right opens, by its name' }).optional(),
  // What an event lacks is told by the check on events.
  emits: z
    .record(z.string(), thing('an event: its version, description, schema and example'), {
      error: 'write events by name',
    })
    .optional(),
  on: z
    .array(z.strictObject({ ...named, to: words, handle: callable() }), { error: 'write a list of listeners' })
    .refine(eachNameOnce, { error: 'give each listener a name of its own' })
    .optional(),
  jobs: z
    .array(z.strictObject({ ...named, everySeconds: seconds, deadlineSeconds: seconds, run: callable() }), {
      error: 'write a list of jobs',
    })
    .refine(eachNameOnce, { error: 'give each job a name of its own' })
    .optional(),
  migrations: z
    .custom<URL>((value) => value instanceof URL && value.protocol === 'file:', {
      error: "write the folder as new URL('./migrations/', import.meta.url)",
    })
    .optional(),
  lifecycle: z.strictObject({ onStart: callable().optional(), onStop: callable().optional() }).optional(),
  health: callable().optional(),
  golden: z
    .array(
      z.strictObject({
        rule: z.enum(['tax', 'payday', 'settlement', 'identifier'], {
          error: 'write "tax", "payday", "settlement" or "identifier"',
        }),
        name: word,
        site: word,
        input: whatever,
        answer: whatever,
        source: text('who says that this answer must come').optional(),
      }),
      { error: 'write a list of cases' },
    )
    .optional(),
});

function text(what: string) {
  return z.string({ error: `write ${what}` }).min(1, { error: `write ${what}` });
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

function eachNameOnce(items: readonly { readonly name: string }[]): boolean {
  return new Set(items.map(({ name }) => name)).size === items.length;
}
