import { no, type Result, yes } from 'acorn/plugin';
import { type LosslessNumber, parse } from 'lossless-json';

/** JSON whose numbers are still the text that was sent, so that no amount passes a float. */
export type Json = null | boolean | string | LosslessNumber | readonly Json[] | { readonly [name: string]: Json };

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The document as JSON, or a sentence for a person: cut off, not UTF-8, a member stated twice. */
export function parseJson(bytes: Uint8Array): Result<Json, string> {
  try {
    return yes(parse(utf8.decode(bytes)) as Json);
  } catch (error) {
    return no(`Expected JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

export const isObject = (json: Json | undefined): json is { readonly [name: string]: Json } =>
  typeof json === 'object' && json !== null && !Array.isArray(json) && !isNumber(json);

/** A number of the document; `value` is its text. */
export const isNumber = (json: Json | undefined): json is LosslessNumber =>
  typeof json === 'object' && json !== null && 'isLosslessNumber' in json && json.isLosslessNumber === true;
