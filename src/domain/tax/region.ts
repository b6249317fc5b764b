/** A part of a country by the part after it in ISO 3166-2: `ON` for `CA-ON`, `ca-on` and `ON`. */
export const regionCode = (region: string): string =>
  region
    .trim()
    .toUpperCase()
    .replace(/^[A-Z]{2}-/, '');
