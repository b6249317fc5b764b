/** The same members, where an optional one may also be given as `undefined`. */
type Loose<T> = {
  readonly [Name in keyof T]: T[Name] | (Record<never, never> extends Pick<T, Name> ? undefined : never);
};

/** Leaves out what is `undefined`: in a fact, an absent member means "this document does not say". */
export function stated<T extends object>(members: Loose<T>): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
}
