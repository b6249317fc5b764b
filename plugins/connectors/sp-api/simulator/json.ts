// JSON text with exact numbers: what JSON.stringify cannot write without a float in between.

/** A number whose digits are written as they are; `540.10` stays `540.10`. */
export class ExactNumber {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Text that is JSON already, such as a view kept from the last time it was asked for. */
export class RawJson {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Json =
  | string
  | number
  | boolean
  | null
  | undefined
  | ExactNumber
  | RawJson
  | readonly Json[]
  | { readonly [key: string]: Json };

/** Compact JSON. Members that are `undefined` are left out, as JSON.stringify does. */
export function toJson(value: Json): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    // A fraction here would be money or weight that went through a float.
    if (!Number.isSafeInteger(value)) throw new Error(`not a whole number: ${value}`);
    return String(value);
  }
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value instanceof ExactNumber || value instanceof RawJson) return value.text;
  if (isList(value)) return `[${value.map(toJson).join(',')}]`;
  let out = '';
  for (const key in value) {
    const member = value[key];
    if (member === undefined) continue;
    out += `${out === '' ? '' : ','}${quoted(key)}:${toJson(member)}`;
  }
  return `{${out}}`;
}

/** Names of members are few and come again and again. */
function quoted(name: string): string {
  const known = names.get(name);
  if (known !== undefined) return known;
  const text = JSON.stringify(name);
  names.set(name, text);
  return text;
}
const names = new Map<string, string>();

const isList = (value: object): value is readonly Json[] => Array.isArray(value);
