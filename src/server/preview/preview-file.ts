import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { coerceInputValue, execute, GraphQLInputObjectType, parse } from 'graphql';
import { allScopes } from '../../../schema/scopes.ts';
import { invariant } from '../../base/invariant.ts';
import { no, type Result, yes } from '../../base/result.ts';
import type { Composition } from '../../plugin-host/composition.ts';
import type { FilledSlots, Slots } from '../../seams/slots.ts';
import { type PreviewAnswer, previewQuery } from './query.ts';

/** Why a file has no preview. Codes are those of the API, and two of files. */
export interface FileProblem {
  readonly code: string;
  /** Where in the file: `lines[2].net`; empty for the whole of it. */
  readonly path: string;
  readonly message: string;
}

/**
 * The preview of an invoice in a JSON file: the API's own field, asked without a server, a database or an account. So
 * what may stand in the file, what is refused and what is answered is the same, to the letter.
 */
export async function previewFile(
  file: string,
  folder: string,
  composition: Pick<Composition, 'schema' | 'sites' | 'slot'>,
): Promise<Result<PreviewAnswer, readonly FileProblem[]>> {
  const written = readJson(resolve(folder, file));
  if (!written.ok) return written;
  const { schema, sites } = composition;
  const type = schema.getType('InvoicePreviewInput');
  invariant(type instanceof GraphQLInputObjectType, 'the schema describes the input of a preview');

  const problems: FileProblem[] = [];
  coerceInputValue(written.value, type, (at, _value, error) => {
    problems.push({ code: 'BAD_USER_INPUT', path: placeOf(at), message: error.message });
  });
  const { account } = (written.value ?? {}) as { readonly account?: unknown };
  if (account != null) {
    const message = 'leave it out, and say site and supplier: there is no database to look it up in';
    problems.push({ code: 'BAD_USER_INPUT', path: 'account', message });
  }
  if (problems.length > 0) return no(problems);

  const { data, errors = [] } = await execute({
    schema,
    document: parse(previewQuery),
    variableValues: { input: written.value },
    contextValue: { sites, slots: slotsOf(composition), scopes: new Set(allScopes), requestId: 'acorn preview' },
  });
  const answer = data?.invoicePreview as PreviewAnswer | null | undefined;
  if (answer != null && errors.length === 0) return yes(answer);
  return no(errors.flatMap(problemsOf));
}

function readJson(path: string): Result<unknown, readonly FileProblem[]> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return no([{ code: 'FILE_NOT_READABLE', path: '', message: `${path} cannot be read: ${reason(error)}` }]);
  }
  try {
    return yes(JSON.parse(text));
  } catch (error) {
    return no([{ code: 'NOT_JSON', path: '', message: `${path} is not JSON: ${reason(error)}` }]);
  }
}

/** What the API says no with: each place of its own where there are several, without the name of the argument. */
function problemsOf({
  message,
  extensions,
}: {
  readonly message: string;
  readonly extensions: Readonly<Record<string, unknown>>;
}): FileProblem[] {
  const code = typeof extensions.code === 'string' ? extensions.code : 'INTERNAL';
  const placed = extensions.problems as readonly { readonly path: string; readonly message: string }[] | undefined;
  if (placed === undefined) return [{ code, path: code === 'SITE_NOT_INSTALLED' ? 'site' : '', message }];
  return placed.map((problem) => ({ code, path: problem.path.replace(/^input\./, ''), message: problem.message }));
}

/** Slots as an installation without a running plugin has them: what fills one is a pure function. */
const slotsOf = ({ slot }: Pick<Composition, 'slot'>): FilledSlots => ({
  productClass: (site, product) => {
    const name: keyof Slots = 'tax.product-class';
    return (slot(name, site)?.fill as Slots[typeof name] | undefined)?.(product);
  },
});

const placeOf = (at: readonly (string | number)[]): string =>
  at.map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${part}`)).join('');

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
