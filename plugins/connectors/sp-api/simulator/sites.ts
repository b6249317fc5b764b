// What differs between the sites: places, parties, taxes, paydays, carriers.
import type { SiteName } from './accounts.ts';

export interface Address {
  readonly name: string;
  readonly addressLine1: string;
  readonly city: string;
  readonly stateOrRegion?: string;
  readonly postalCode: string;
  readonly countryCode: string;
  readonly phone?: string;
}

/** A fulfilment centre, by the code Amazon ships to. */
export interface Place {
  readonly code: string;
  readonly address: Address;
}

export interface Carrier {
  readonly name: string;
  /** SCAC in North America, the carrier's own short name elsewhere. */
  readonly code: string;
}

export interface SiteFacts {
  readonly country: string;
  readonly timeZone: string;
  readonly payerName: string;
  readonly payerId: string;
  readonly fulfilmentCentres: readonly Place[];
  readonly billTo: Place;
  readonly warehouse: Place;
  readonly buyerTax: { readonly type: 'VAT' | 'GST'; readonly number: string } | undefined;
  readonly vendorTax: { readonly type: 'VAT' | 'GST'; readonly number: string } | undefined;
  /** 19 % is 1900; 0 where vendors invoice without tax. */
  readonly taxBasisPoints: number;
  /** As in `taxRateCodes`; absent where there is no tax on the invoice. */
  readonly taxRateCode: string | undefined;
  /** Day of the weekly payment run, 0 is Sunday. */
  readonly payWeekday: number;
  /** Percent of orders whose freight Amazon pays. */
  readonly collectPercent: number;
  readonly carriers: readonly Carrier[];
  /** Seven digits after the extension digit of an SSCC. */
  readonly companyPrefix: string;
  readonly barcode: 'UPC' | 'EAN';
  readonly weightUnit: 'Lb' | 'Kg';
}

const us = (code: string, addressLine1: string, city: string, stateOrRegion: string, postalCode: string): Place => ({
  code,
  address: { name: `Amazon.com ${code}`, addressLine1, city, stateOrRegion, postalCode, countryCode: 'US' },
});
const ca = (code: string, addressLine1: string, city: string, stateOrRegion: string, postalCode: string): Place => ({
  code,
  address: { name: `Amazon Canada ${code}`, addressLine1, city, stateOrRegion, postalCode, countryCode: 'CA' },
});
const eu = (code: string, addressLine1: string, city: string, postalCode: string, countryCode: string): Place => ({
  code,
  address: { name: `Amazon EU ${code}`, addressLine1, city, postalCode, countryCode },
});
const jp = (code: string, addressLine1: string, city: string, stateOrRegion: string, postalCode: string): Place => ({
  code,
  address: { name: `アマゾンジャパン ${code}`, addressLine1, city, stateOrRegion, postalCode, countryCode: 'JP' },
});

/** A place of the vendor's own. */
const own = (name: string, place: Place): Place => ({ ...place, address: { ...place.address, name } });

export const sites: { readonly [name in SiteName]: SiteFacts } = {
  US: {
    country: 'US',
    timeZone: 'America/Los_Angeles',
    payerName: 'Amazon.com Services LLC',
    payerId: 'AMAZON_US',
    fulfilmentCentres: [
      us('PHX6', '4750 W Mohave St', 'Phoenix', 'AZ', '85043'),
      us('ONT8', '24300 Nandina Ave', 'Moreno Valley', 'CA', '92551'),
      us('IND9', '1151 S Graham Rd', 'Greenwood', 'IN', '46143'),
      us('MDW2', '250 Emerald Dr', 'Joliet', 'IL', '60433'),
      us('ABE8', '401 Independence Rd', 'Florence', 'NJ', '08518'),
      us('FTW1', '33333 Lyndon B Johnson Fwy', 'Dallas', 'TX', '75241'),
      us('RIC2', '1901 Meadowville Technology Pkwy', 'Chester', 'VA', '23836'),
    ],
    billTo: us('AMZN-US-AP', 'PO Box 80387', 'Seattle', 'WA', '98108'),
    warehouse: own('Larkfield DC 1', us('LARK-DC1', '2200 E Foothill Rd', 'Reno', 'NV', '89502')),
    buyerTax: undefined,
    vendorTax: undefined,
    taxBasisPoints: 0,
    taxRateCode: undefined,
    payWeekday: 3,
    collectPercent: 60,
    carriers: [
      { name: 'FedEx Freight', code: 'FXFE' },
      { name: 'UPS Ground', code: 'UPSN' },
      { name: 'Old Dominion Freight Line', code: 'ODFL' },
      { name: 'XPO Logistics', code: 'CNWY' },
    ],
    companyPrefix: '0850912',
    barcode: 'UPC',
    weightUnit: 'Lb',
  },
  CA: {
    country: 'CA',
    timeZone: 'America/Toronto',
    payerName: 'Amazon.com.ca ULC',
    payerId: 'AMAZON_CA',
    fulfilmentCentres: [
      ca('YYZ4', '8050 Heritage Rd', 'Brampton', 'ON', 'L6Y0C9'),
      ca('YYZ7', '12724 Coleraine Dr', 'Bolton', 'ON', 'L7E4L8'),
      ca('YVR3', '109 Braid St', 'New Westminster', 'BC', 'V3L5T4'),
      ca('YYC1', '293069 Colonel Robertson Way', 'Rocky View', 'AB', 'T4A1C6'),
    ],
    billTo: ca('AMZN-CA-AP', '40 King Street W', 'Toronto', 'ON', 'M5H3Y2'),
    warehouse: own('Larkfield DC 7', ca('LARK-DC7', '75 Tapscott Road', 'Mississauga', 'ON', 'L5N1P7')),
    buyerTax: { type: 'GST', number: '85730 5932 RT0001' },
    vendorTax: { type: 'GST', number: '81239 4419 RT0001' },
    taxBasisPoints: 1300,
    taxRateCode: 'CA 13',
    payWeekday: 2,
    collectPercent: 45,
    carriers: [
      { name: 'Purolator Freight', code: 'PRLO' },
      { name: 'TForce Freight', code: 'UPGF' },
      { name: 'Day & Ross', code: 'DAYR' },
    ],
    companyPrefix: '0628915',
    barcode: 'UPC',
    weightUnit: 'Lb',
  },
  EU: {
    country: 'DE',
    timeZone: 'Europe/Berlin',
    payerName: 'Amazon EU S.à r.l., Niederlassung Deutschland',
    payerId: 'AMAZON_DE',
    fulfilmentCentres: [
      eu('LEJ1', 'Amazonstraße 1', 'Leipzig', '04347', 'DE'),
      eu('DTM2', 'Kaltbandstraße 4', 'Dortmund', '44145', 'DE'),
      eu('HAM2', 'Borgwardstraße 10', 'Winsen (Luhe)', '21423', 'DE'),
      eu('MUC3', 'Amazonstraße 1', 'Graben', '86836', 'DE'),
      eu('WRO2', 'ul. Logistyczna 6', 'Bielany Wrocławskie', '55-040', 'PL'),
    ],
    billTo: eu('AMZN-EU-AP', '38 avenue John F. Kennedy', 'Luxembourg', 'L-1855', 'LU'),
    warehouse: own('Lärchenfeld Lager Kassel', eu('LARC-LAGER', 'Industriestraße 18', 'Kassel', '34123', 'DE')),
    buyerTax: { type: 'VAT', number: 'DE814584193' },
    vendorTax: { type: 'VAT', number: 'DE290314572' },
    taxBasisPoints: 1900,
    taxRateCode: 'DE 19',
    payWeekday: 4,
    collectPercent: 20,
    carriers: [
      { name: 'DHL Freight', code: 'DHLF' },
      { name: 'DB Schenker', code: 'SHKR' },
      { name: 'DPD', code: 'DPDE' },
    ],
    companyPrefix: '4012345',
    barcode: 'EAN',
    weightUnit: 'Kg',
  },
  JP: {
    country: 'JP',
    timeZone: 'Asia/Tokyo',
    payerName: 'アマゾンジャパン合同会社',
    payerId: 'AMAZON_JP',
    fulfilmentCentres: [
      jp('NRT1', '塩浜2-13-1', '市川市', '千葉県', '272-0127'),
      jp('NRT5', '扇台20-1', '川越市', '埼玉県', '350-1182'),
      jp('KIX3', '西泉町1-1', '堺市', '大阪府', '590-0986'),
      jp('HSG1', '田代町3300-1', '鳥栖市', '佐賀県', '841-0016'),
    ],
    billTo: jp('AMZN-JP-AP', '下目黒1-8-1', '目黒区', '東京都', '153-0064'),
    warehouse: own('ひばり生活 東雲倉庫', jp('HIBARI-W1', '東雲2-4-9', '江東区', '東京都', '135-0062')),
    buyerTax: { type: 'VAT', number: 'T3040001028447' },
    vendorTax: { type: 'VAT', number: 'T1010601041226' },
    taxBasisPoints: 1000,
    taxRateCode: 'JP 10',
    payWeekday: 5,
    collectPercent: 10,
    carriers: [
      { name: 'ヤマト運輸', code: 'YAMATO' },
      { name: '佐川急便', code: 'SAGAWA' },
      { name: '福山通運', code: 'FUKUYAMA' },
    ],
    companyPrefix: '4569951',
    barcode: 'EAN',
    weightUnit: 'Kg',
  },
};
