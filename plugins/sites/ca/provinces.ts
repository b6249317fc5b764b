/** The tax a province or territory adds to, or joins with, the federal one. */
export type Regime = 'GST' | 'HST' | 'GST+QST' | 'GST+PST';

export interface Province {
  readonly regime: Regime;
  /** As the provincial tax is printed. */
  readonly provincial?: 'QST' | 'PST' | 'RST';
}

/** @source Canada Revenue Agency, charge and collect the GST/HST: which rate to charge, by province */
export const provinces: Readonly<Record<string, Province>> = {
  AB: { regime: 'GST' },
  BC: { regime: 'GST+PST', provincial: 'PST' },
  MB: { regime: 'GST+PST', provincial: 'RST' },
  NB: { regime: 'HST' },
  NL: { regime: 'HST' },
  NS: { regime: 'HST' },
  NT: { regime: 'GST' },
  NU: { regime: 'GST' },
  ON: { regime: 'HST' },
  PE: { regime: 'HST' },
  QC: { regime: 'GST+QST', provincial: 'QST' },
  SK: { regime: 'GST+PST', provincial: 'PST' },
  YT: { regime: 'GST' },
};
