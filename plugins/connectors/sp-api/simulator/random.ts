// Chance that repeats: every draw is a pure function of the keys it was opened with.

/** A stream of numbers that depends only on its keys, so any process draws the same life. */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private d: number;

  constructor(...keys: readonly (string | number)[]) {
    const [a, b, c, d] = hash128(keys.join('\u0000'));
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
    // The first draws of a fresh state still resemble their neighbours'.
    for (let i = 0; i < 8; i += 1) this.next();
  }

  /** Next unsigned 32-bit integer (sfc32). */
  next(): number {
    const t = (((this.a + this.b) | 0) + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (this.c << 21) | (this.c >>> 11);
    this.c = (this.c + t) | 0;
    return t >>> 0;
  }

  /** A whole number from `least` to `most`, both included. */
  int(least: number, most: number): number {
    return least + (this.next() % (most - least + 1));
  }

  /** True `percent` times in a hundred; whole percents only. */
  chance(percent: number): boolean {
    return this.next() % 100 < percent;
  }

  /** One of a non-empty list. */
  pick<T>(list: readonly T[]): T {
    const chosen = list[this.next() % list.length];
    if (chosen === undefined) throw new Error('nothing to pick from');
    return chosen;
  }

  /** One of a list of [weight, value]; weights are whole numbers. */
  weighted<T>(list: readonly (readonly [number, T])[]): T {
    let left = this.next() % list.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, value] of list) {
      if (left < weight) return value;
      left -= weight;
    }
    throw new Error('nothing to pick from');
  }

  /** A string of `length` characters of `alphabet`. */
  text(alphabet: string, length: number): string {
    let out = '';
    for (let i = 0; i < length; i += 1) out += alphabet.charAt(this.next() % alphabet.length);
    return out;
  }
}

export const digits = '0123456789';
/** Letters and digits as they appear in order numbers: none that can be read as another. */
export const alphanumeric = '123456789ABCDEFGHJKLMNPQRSTUVWXYZ';

function hash128(text: string): [number, number, number, number] {
  let h1 = 1779033703;
  let h2 = 3144134277;
  let h3 = 1013904242;
  let h4 = 2773480762;
  for (let i = 0; i < text.length; i += 1) {
    const k = text.charCodeAt(i);
    h1 = h2 ^ Math.imul(h1 ^ k, 597399067);
    h2 = h3 ^ Math.imul(h2 ^ k, 2869860233);
    h3 = h4 ^ Math.imul(h3 ^ k, 951274213);
    h4 = h1 ^ Math.imul(h4 ^ k, 2716044179);
  }
  h1 = Math.imul(h3 ^ (h1 >>> 18), 597399067);
  h2 = Math.imul(h4 ^ (h2 >>> 22), 2869860233);
  h3 = Math.imul(h1 ^ (h3 >>> 17), 951274213);
  h4 = Math.imul(h2 ^ (h4 >>> 19), 2716044179);
  const all = h1 ^ h2 ^ h3 ^ h4;
  return [all, h2 ^ all, h3 ^ all, h4 ^ all];
}
