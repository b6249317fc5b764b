import type { Database, Db, Tenant } from './database.ts';

/**
 * The same as `read`, only that the snapshot is opened by the first question. What asks nothing costs no connection and
 * no round trip: most changes are shown from what the log says of them.
 */
export async function readWhenAsked<T>(
  database: Pick<Database, 'read'>,
  tenant: Tenant,
  work: (db: Db) => Promise<T>,
): Promise<T> {
  let opened: Promise<Db> | undefined;
  let reading: Promise<void> | undefined;
  let finish = () => {};
  const open = (): Promise<Db> => {
    opened ??= new Promise((resolve, reject) => {
      const finished = new Promise<void>((done) => {
        finish = done;
      });
      reading = database.read(tenant, (db) => {
        resolve(db);
        return finished;
      });
      reading.catch(reject);
    });
    return opened;
  };
  try {
    return await work(asksThrough(open));
  } finally {
    finish();
    await reading;
  }
}

type Ask = (...given: unknown[]) => unknown;

/** A client whose every question waits for the one that `open` gives. */
function asksThrough(open: () => Promise<Db>): Db {
  const models = new Map<string, unknown>();
  const model = (name: string): unknown =>
    new Proxy((() => {}) as Ask, {
      // A statement of one's own: db.$queryRaw`…`
      apply: async (_target, _this, given) => ((await open()) as unknown as Record<string, Ask>)[name]?.(...given),
      // A question to a model: db.invoice.findMany(…)
      get: (_target, question) =>
        typeof question !== 'string'
          ? undefined
          : async (...given: unknown[]) =>
              ((await open()) as unknown as Record<string, Record<string, Ask>>)[name]?.[question]?.(...given),
    });
  return new Proxy({} as Db, {
    // Pothos looks whether a model is there before it asks: of those that the schema shows, each is.
    has: (_target, name) => typeof name === 'string' && name !== 'then',
    get: (_target, name) => {
      if (typeof name !== 'string' || name === 'then') return undefined;
      const known = models.get(name) ?? model(name);
      models.set(name, known);
      return known;
    },
  });
}
