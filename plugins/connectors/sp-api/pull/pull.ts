import { type Cursor, type PullContext, type PulledBatch, UpstreamRefused } from 'acorn/plugin';
import { pause, pauseAfter } from './back-off.ts';
import { Budget } from './budget.ts';
import { type Asked, Client, type Query } from './client.ts';
import { type Place, type Run, readCursor, writeCursor } from './cursor.ts';
import { fetchDetails, type Keep } from './details.ts';
import { endpointsOf } from './endpoints.ts';
import { Exchange } from './exchange.ts';
import { Login } from './login.ts';
import { listedToFetch, readPage } from './page.ts';
import { canDoWithout, operations, planOf, type Step } from './plan.ts';
import { progressOf } from './progress.ts';
import { advance, begin, leavePage, marksAfter, without, withoutToken } from './run.ts';
import { readSettings, type Settings } from './settings.ts';

/** Details that share a batch, to spare transactions. */
const detailsPerBatch = 25;

/**
 * Budgets of this process, by application and vendor: how Amazon counts. They outlive a pull, so that the next one does
 * not begin with a burst that has been spent already.
 */
const budgets = new Map<string, Budget>();

/**
 * Everything Amazon has to say since `cursor`; six months when there is none.
 *
 * Finishes the run that was interrupted, if any, then does one run up to upstream's present. That present is fixed at
 * the start, so a pull ends however fast the clock runs. Each page is one batch with the place after it; the same place
 * asked again at a standing clock gives the same documents.
 */
export async function* pull(context: PullContext, cursor: Cursor | undefined): AsyncIterable<PulledBatch> {
  const settings = readSettings(context.settings);
  const session = open(context, settings);
  await session.login.accessToken();
  const now = session.exchange.clock ?? context.now();

  const stored = readCursor(cursor, context.log);
  const place = stored.run === undefined ? stored : yield* finish(session, stored, stored.run);
  const caughtUp = stored.run !== undefined && place.marks !== undefined && place.marks.through >= now;
  if (!caughtUp) yield* finish(session, place, begin(place, now, settings));
}

interface Session {
  readonly context: PullContext;
  readonly settings: Settings;
  readonly exchange: Exchange;
  readonly login: Login;
  readonly client: Client;
  readonly keep: Keep;
}

function open(context: PullContext, settings: Settings): Session {
  const endpoints = endpointsOf(context.account.marketplaceId, settings);
  const exchange = new Exchange(settings, context.signal, context.log);
  const login = new Login(exchange, endpoints, settings);
  const client = new Client(exchange, endpoints, login, budgetOf(context, settings), context.signal);
  const keep: Keep = (kind, answer, origin) => ({
    kind,
    bytes: answer.bytes,
    mediaType: 'application/json',
    receivedAt: context.now(),
    origin,
  });
  return { context, settings, exchange, login, client, keep };
}

function budgetOf({ account }: PullContext, { clientId, endpoint, requestsPerSecond, burst }: Settings): Budget {
  const key = JSON.stringify([account.accountId, clientId, endpoint, requestsPerSecond, burst]);
  const budget = budgets.get(key) ?? new Budget(requestsPerSecond, burst);
  budgets.set(key, budget);
  return budget;
}

/** Every batch of a run from its place on. The last one carries the marks of the finished run. */
async function* finish(session: Session, { marks }: Place, run: Run): AsyncGenerator<PulledBatch, Place> {
  const { account, log } = session.context;
  const plan = planOf(run, account.marketplaceId);
  log.info('reading from Amazon', { through: run.through, first: run.first, step: run.step, steps: plan.length });
  const placeOf = (at: Run): Place => (at.step < plan.length ? { marks, run: at } : { marks: marksAfter(at, marks) });

  let at = run;
  let progress = run.first ? progressOf(run, plan) : 1;
  for (let step = plan[at.step]; step !== undefined; step = plan[at.step]) {
    const { documents, next } = await readOrDoWithout(session, at, plan, step);
    at = next;
    if (run.first) progress = Math.max(progress, progressOf(at, plan));
    yield { documents, cursor: writeCursor(placeOf(at)), progress };
  }
  return placeOf(at);
}

interface Read {
  readonly documents: PulledBatch['documents'];
  readonly next: Run;
}

/** The next documents of a step; or, where an account was not granted them and can do without, the next operation. */
async function readOrDoWithout(session: Session, at: Run, plan: readonly Step[], step: Step): Promise<Read> {
  try {
    return at.pending.length > 0 ? await readDetails(session, at, step) : await readNext(session, at, step);
  } catch (error) {
    if (!(error instanceof UpstreamRefused) || error.code === 'LOGIN_REFUSED' || !canDoWithout(step.operation))
      throw error;
    session.context.log.warn('Amazon does not grant this account all it has; going on without', {
      asked: step.operation,
      code: error.code,
    });
    return { documents: [], next: without(at, step.operation, plan) };
  }
}

/** The next page of a step. An empty page tells nothing and is not kept, but its token is followed. */
async function readNext(session: Session, at: Run, step: Step): Promise<Read> {
  const { context, keep } = session;
  const { path, list } = operations[step.operation];
  const query = at.nextToken === undefined ? step.query : { ...step.query, nextToken: at.nextToken };
  const asked = await askForList(session, step.operation, path, query, list);
  if (asked.kind === 'refused') {
    if (at.nextToken === undefined || asked.status !== 400) {
      throw new UpstreamRefused('REQUEST_REFUSED', `Amazon refuses ${step.operation}: ${asked.code} ${asked.message}`);
    }
    // Tokens go stale while nobody asks. The question itself does not: from its first page.
    context.log.warn('a paging token went stale; asking again from the first page', { asked: step.operation });
    return readNext(session, withoutToken(at), step);
  }
  const page = readPage(asked.answer.json, list);
  const place = at.page === 0 ? '' : ` (page ${at.page + 1})`;
  const origin = `GET ${path}?${new URLSearchParams(step.query).toString()}${place}`;
  const documents = page.items?.length === 0 ? [] : [keep(step.operation, asked.answer, origin)];
  const repeats = page.nextToken !== undefined && page.nextToken === at.nextToken;
  if (repeats) context.log.warn('a page named itself as the next; its question ends here', { asked: step.operation });
  const pending = step.details === undefined ? [] : listedToFetch(page.items ?? [], step.details);
  return { documents, next: advance(at, repeats ? undefined : page.nextToken, pending) };
}

/**
 * A page, asked again a few times when it comes without its list, or empty and naming itself as the next: going on at
 * once would leave a hole. One that stays without its list is kept, and parked by whoever reads it.
 */
async function askForList(
  { client, context, settings }: Session,
  name: string,
  path: string,
  query: Query,
  list: string,
): Promise<Asked> {
  for (let failures = 1; ; failures += 1) {
    const asked = await client.get(name, path, query);
    if (asked.kind === 'refused' || failures === 4) return asked;
    const { items, nextToken } = readPage(asked.answer.json, list);
    const standsStill = items?.length === 0 && nextToken !== undefined && nextToken === query.nextToken;
    if (items !== undefined && !standsStill) return asked;
    context.log.warn('an answer came without its list; trying again', { asked: name, failures });
    await pause(pauseAfter(failures, settings, Math.random()), context.signal);
  }
}

/** Details of some of what the last page listed. */
async function readDetails({ client, context, keep }: Session, at: Run, step: Step): Promise<Read> {
  const { account, log } = context;
  const source = { client, marketplaceId: account.marketplaceId, log, keep };
  const documents = await fetchDetails(source, step.details?.of ?? 'invoices', at.pending.slice(0, detailsPerBatch));
  const pending = at.pending.slice(detailsPerBatch);
  return { documents, next: pending.length > 0 ? { ...at, pending } : leavePage(at) };
}
