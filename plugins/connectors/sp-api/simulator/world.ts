// Every life of every account, day by day, for as long as anyone asks.
import type { SimulatedAccount } from './accounts.ts';
import { arrange, openScene, type Scene } from './build/index.ts';
import { type DayNumber, dayIn, weekday } from './calendar.ts';
import { catalogueOf, type Product } from './catalogue.ts';
import type { Instant } from './clock.ts';
import type { InvoiceLife, Life, OrderLife, ShipmentLife } from './life.ts';
import { normalLife } from './normal.ts';
import { Random } from './random.ts';
import { sites } from './sites.ts';
import { type Story, storiesOn } from './stories/index.ts';

/** A story and the documents in which it can be seen. */
export interface ToldStory {
  readonly edgeCase: number;
  readonly title: string;
  readonly account: string;
  readonly startsAt: Instant;
  readonly purchaseOrders: readonly string[];
  readonly shipments: readonly string[];
  readonly invoices: readonly string[];
}

/** One vendor's documents, in order of creation. Complete for every day up to the one last asked for. */
export interface Chronicle {
  readonly orders: readonly OrderLife[];
  readonly shipments: readonly ShipmentLife[];
  readonly invoices: readonly InvoiceLife[];
  readonly orderByNumber: ReadonlyMap<string, OrderLife>;
  readonly invoiceByIdentifier: ReadonlyMap<string, InvoiceLife>;
  readonly stories: readonly ToldStory[];
}

export interface World {
  readonly seed: number;
  readonly accounts: readonly SimulatedAccount[];
  /** The first day of the world: no order is older. */
  readonly epoch: DayNumber;
  /** Everything of one account that began on a day up to `now`, and what it will still become. */
  chronicle(account: SimulatedAccount, now: Instant): Chronicle;
}

/**
 * A world is a pure function of its seed, accounts and first day. Each day of each account is drawn by
 * itself, so neither the order of questions nor the moment of starting changes an answer.
 */
export function createWorld(seed: number, accounts: readonly SimulatedAccount[], epoch: DayNumber): World {
  const tellers = new Map(accounts.map((account) => [account.name, createTeller(seed, accounts, account, epoch)]));
  return {
    seed,
    accounts,
    epoch,
    chronicle(account, now) {
      const teller = tellers.get(account.name);
      if (!teller) throw new Error(`no account called ${account.name}`);
      return teller(now);
    },
  };
}

function createTeller(
  seed: number,
  accounts: readonly SimulatedAccount[],
  account: SimulatedAccount,
  epoch: DayNumber,
) {
  const catalogue = catalogueOf(seed, account);
  const orders: OrderLife[] = [];
  const shipments: ShipmentLife[] = [];
  const invoices: InvoiceLife[] = [];
  const stories: ToldStory[] = [];
  const orderByNumber = new Map<string, OrderLife>();
  const invoiceByIdentifier = new Map<string, InvoiceLife>();
  const chronicle: Chronicle = { orders, shipments, invoices, orderByNumber, invoiceByIdentifier, stories };
  let nextDay = epoch;

  return (now: Instant): Chronicle => {
    const today = dayIn(sites[account.site].timeZone, now);
    let grown = false;
    for (; nextDay <= today; nextDay += 1) {
      for (const { life, story, startsAt } of livesOn(seed, accounts, account, catalogue, epoch, nextDay)) {
        grown = true;
        orders.push(...life.orders);
        shipments.push(...life.shipments);
        invoices.push(...life.invoices);
        for (const order of life.orders) orderByNumber.set(order.number, order);
        for (const invoice of life.invoices) invoiceByIdentifier.set(invoice.identifier, invoice);
        if (story) stories.push(told(story, account, life, startsAt));
      }
    }
    if (grown) {
      // By creation, then by number: the one order every listing and every page follows.
      orders.sort((a, b) => a.placedAt - b.placedAt || compareText(a.number, b.number));
      shipments.sort((a, b) => a.createdAt - b.createdAt || compareText(a.identifier, b.identifier));
      invoices.sort((a, b) => a.createdAt - b.createdAt || compareText(a.identifier, b.identifier));
    }
    return chronicle;
  };
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** All lives that begin on `day`: the planned stories first, then normal ones up to the day's number. */
function livesOn(
  seed: number,
  accounts: readonly SimulatedAccount[],
  account: SimulatedAccount,
  catalogue: readonly Product[],
  epoch: DayNumber,
  day: DayNumber,
): { life: Life; story: Story | undefined; startsAt: Instant }[] {
  const planned = storiesOn(seed, accounts, account, epoch, day);
  const wanted = Math.max(planned.length, ordersOn(seed, account, day));
  return Array.from({ length: wanted }, (_, index) => {
    const story = planned[index];
    const scene = openScene(seed, account, catalogue, day, index);
    (story?.tell ?? normalLife)(scene);
    return { life: finish(scene, story), story, startsAt: scene.startsAt };
  });
}

function finish(scene: Scene, story: Story | undefined): Life {
  for (const draft of [...scene.orders, ...scene.shipments, ...scene.invoices]) arrange(draft);
  return {
    id: `${scene.account.name}/${scene.day}/${scene.index}`,
    orders: scene.orders,
    shipments: scene.shipments,
    invoices: scene.invoices,
    edgeCases: story ? [story.edgeCase] : [],
  };
}

const told = (story: Story, account: SimulatedAccount, life: Life, startsAt: Instant): ToldStory => ({
  edgeCase: story.edgeCase,
  title: story.title,
  account: account.name,
  startsAt,
  purchaseOrders: life.orders.map((order) => order.number),
  shipments: life.shipments.map((shipment) => shipment.identifier),
  invoices: life.invoices.map((invoice) => invoice.identifier),
});

/** Amazon orders weekly: Mondays are heavy, Fridays light, weekends nearly silent. */
function ordersOn(seed: number, account: SimulatedAccount, day: DayNumber): number {
  const weights = [2, 34, 22, 18, 14, 9, 1];
  const weight = weights[weekday(day)] ?? 0;
  // A month is 52/12 weeks; thousandths keep the division whole.
  const thousandths = Math.floor((account.ordersPerMonth * 12 * 1000 * weight) / (52 * 100));
  const random = new Random(seed, account.name, 'volume', day);
  return Math.floor(thousandths / 1000) + (random.int(0, 999) < thousandths % 1000 ? 1 : 0);
}
