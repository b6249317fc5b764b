declare const brand: unique symbol;

/** A `Base` that cannot be mistaken for another: two strings that must not meet get two brands. Erased at run time. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };
