import { regionCode } from 'acorn/plugin';

/**
 * Parts of states with rules of their own, as addresses write them, by the part after the state in ISO 3166-2: an address
 * on the Canary Islands must not be taken for the mainland because it says so in words.
 */
const codes: Readonly<Record<string, string>> = {
  CANARIAS: 'CN',
  'ISLAS CANARIAS': 'CN',
  'CANARY ISLANDS': 'CN',
  'LAS PALMAS': 'GC',
  'SANTA CRUZ DE TENERIFE': 'TF',
  TENERIFE: 'TF',
  CEUTA: 'CE',
  MELILLA: 'ML',
  ALAND: '01',
  AHVENANMAA: '01',
  ACORES: '20',
  AZORES: '20',
  MADEIRA: '30',
  CORSE: '20R',
  CORSICA: '20R',
  'CORSE-DU-SUD': '2A',
  'HAUTE-CORSE': '2B',
  GUADELOUPE: '971',
  MARTINIQUE: '972',
  GUYANE: '973',
  REUNION: '974',
  'LA REUNION': '974',
  MAYOTTE: '976',
  'MOUNT ATHOS': '69',
  'NORTH AEGEAN': 'K',
  'SOUTH AEGEAN': 'L',
  'NORTHERN IRELAND': 'NIR',
};

/** The code of a region, written as its code or by its name, with or without accents. */
export function regionOf(text: string): string {
  const name = text.trim().normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
  return Object.hasOwn(codes, name) ? (codes[name] ?? name) : regionCode(name);
}
