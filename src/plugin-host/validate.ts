import type { StandardIssue, StandardSchema } from '../seams/standard-schema.ts';

/** What is wrong with a value: where, as `credentials.token`, empty for the whole; and what, without a full stop. */
export interface Issue {
  readonly path: string;
  readonly message: string;
}

/** Ask a Standard Schema, at once: composing waits for nobody. */
export function validated(
  schema: StandardSchema,
  value: unknown,
): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly issues: readonly Issue[] } {
  try {
    const result = schema['~standard'].validate(value);
    if (result instanceof Promise) {
      // Whatever it says later, nobody listens.
      result.catch(() => {});
      return refused('its schema answers with a promise, and must answer at once');
    }
    if (result.issues === undefined) return { ok: true, value: result.value };
    return { ok: false, issues: result.issues.map(issueOf) };
  } catch (error) {
    return refused(`its schema throws "${error instanceof Error ? error.message : String(error)}"`);
  }
}

export function issuesOf(schema: StandardSchema, value: unknown): readonly Issue[] {
  const result = validated(schema, value);
  return result.ok ? [] : result.issues;
}

const refused = (message: string) => ({ ok: false as const, issues: [{ path: '', message }] });

function issueOf({ message, path = [] }: StandardIssue): Issue {
  const keys = path.map((part) => (typeof part === 'object' ? part.key : part));
  return {
    path: keys
      .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`))
      .join(''),
    message: message.replace(/\.$/, ''),
  };
}
