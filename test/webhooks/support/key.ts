/** What secrets are encrypted with in these tests. */
export const testKey = Buffer.alloc(32, 7);
