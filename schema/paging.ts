/** What a page of `noun` is called, and each of its entries. */
export const pageOf = (noun: string) =>
  [
    { name: `${noun}Connection`, description: `A page of ${noun}.` },
    { name: `${noun}Edge`, description: `One ${noun} of a page, and its cursor.` },
  ] as const;
