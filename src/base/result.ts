/** Either the answer or the reason there is none. A "no" is expected and returned; a bug is thrown. */
export type Result<Value, Refusal> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal };

export const yes = <Value>(value: Value): Result<Value, never> => ({ ok: true, value });
export const no = <Refusal>(refusal: Refusal): Result<never, Refusal> => ({ ok: false, refusal });
