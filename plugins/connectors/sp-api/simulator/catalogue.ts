// What the vendors sell: a fixed list per account, drawn once from the seed.
import type { SimulatedAccount, SiteName } from './accounts.ts';
import { withCheckDigit } from './check-digit.ts';
import type { UnitCost } from './money.ts';
import { alphanumeric, digits, Random } from './random.ts';
import { sites } from './sites.ts';

export interface Product {
  readonly asin: string;
  /** UPC-12 or EAN-13 with its check digit: the `vendorProductIdentifier`. */
  readonly barcode: string;
  readonly title: string;
  readonly caseSize: number;
  /** Per each, or per pound / kilogram when `weight` is there. */
  readonly cost: UnitCost;
  readonly listPrice: UnitCost;
  /** Priced by weight: whole pounds or kilograms per each. */
  readonly weight: { readonly unit: 'POUNDS' | 'KILOGRAMS'; readonly perEach: number } | undefined;
  /** Grams per each, for carton weights. */
  readonly grams: number;
}

interface Shelf {
  readonly things: readonly string[];
  readonly kinds: readonly string[];
  readonly weighed: readonly string[];
}

const english: Shelf = {
  things: [
    'Storage Basket',
    'Cutting Board',
    'Desk Lamp',
    'Shower Curtain',
    'Water Bottle 750 ml',
    'Dish Rack',
    'Bath Mat',
    'Picture Frame 8x10',
    'Laundry Hamper',
    'Kitchen Scale',
    'Salad Bowl',
    'Garden Hose 50 ft',
    'Pet Bed',
    'Yoga Mat',
    'Spice Jar Set',
    'Step Stool',
    'Door Mat',
    'Coat Rack',
    'Travel Mug',
    'Baking Sheet',
  ],
  kinds: ['Bamboo', 'Charcoal', 'White', 'Sage Green', 'Stainless', '2-Pack'],
  weighed: ['Wild Bird Seed', 'Whole Almonds', 'Hardwood Charcoal'],
};
const german: Shelf = {
  things: [
    'Aufbewahrungskorb',
    'Schneidebrett',
    'Schreibtischlampe',
    'Duschvorhang',
    'Trinkflasche 750 ml',
    'Abtropfgestell',
    'Badematte',
    'Bilderrahmen 20x30',
    'Wäschekorb',
    'Küchenwaage',
    'Salatschüssel',
    'Gartenschlauch 15 m',
    'Hundebett',
    'Yogamatte',
    'Gewürzgläser-Set',
    'Trittleiter',
    'Fußmatte',
    'Garderobe',
    'Thermobecher',
    'Backblech',
  ],
  kinds: ['Bambus', 'anthrazit', 'weiß', 'salbeigrün', 'Edelstahl', '2er-Set'],
  weighed: ['Wildvogelfutter', 'Mandeln ganz', 'Grillkohle'],
};
const japanese: Shelf = {
  things: [
    '収納バスケット',
    'まな板',
    'デスクライト',
    'シャワーカーテン',
    '水筒 750ml',
    '水切りラック',
    'バスマット',
    'フォトフレーム A4',
    'ランドリーバスケット',
    'キッチンスケール',
    'サラダボウル',
    '散水ホース 15m',
    'ペットベッド',
    'ヨガマット',
    '調味料ボトルセット',
    '踏み台',
    '玄関マット',
    'コートハンガー',
    '保温マグ',
    '天板',
  ],
  kinds: ['竹製', 'チャコール', 'ホワイト', 'グリーン', 'ステンレス', '2個組'],
  weighed: ['野鳥のえさ', '素焼きアーモンド', '木炭'],
};
const shelves: { readonly [name in SiteName]: Shelf } = { US: english, CA: english, EU: german, JP: japanese };

/** Every product of an account: 120 sold by the piece, and three by weight at the end. */
export function catalogueOf(seed: number, account: SimulatedAccount): readonly Product[] {
  const random = new Random(seed, account.name, 'catalogue');
  const site = sites[account.site];
  const shelf = shelves[account.site];
  const byPiece = shelf.things.flatMap((thing) =>
    shelf.kinds.map((kind) => product(account, random, `${thing}, ${kind}`, undefined)),
  );
  const unit = site.weightUnit === 'Lb' ? 'POUNDS' : 'KILOGRAMS';
  const byWeight = shelf.weighed.map((title) => product(account, random, title, { unit, perEach: random.int(2, 20) }));
  return [...byPiece, ...byWeight];
}

function product(account: SimulatedAccount, random: Random, title: string, weight: Product['weight']): Product {
  const site = sites[account.site];
  // Yen are whole; elsewhere one product in ten has a cost with more digits than coins have.
  const yen = account.minorDigits === 0;
  const cents = BigInt(weight ? random.int(90, 900) : random.int(280, 6400));
  const odd = !yen && random.chance(10) ? BigInt(random.int(1, 99)) : 0n;
  const cost = yen ? cents * 10_000n : cents * 100n + odd;
  return {
    asin: `B0${random.text(alphanumeric, 8)}`,
    barcode: withCheckDigit(site.companyPrefix.slice(0, 6) + random.text(digits, site.barcode === 'UPC' ? 5 : 6)),
    title,
    caseSize: random.pick([4, 5, 6, 8, 10, 12, 20, 24]),
    cost,
    listPrice: ((cost * 17n) / 10n / (yen ? 10_000n : 100n)) * (yen ? 10_000n : 100n),
    weight,
    grams: weight ? weight.perEach * (weight.unit === 'POUNDS' ? 454 : 1000) : random.int(120, 4200),
  };
}
