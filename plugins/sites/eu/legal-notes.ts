import type { Exemption, LegalNote } from 'acorn/plugin';

/**
 * Sentences for documents, in the languages of the stores. The wording of "Reverse charge" and "Self-billing" is that of
 * each language's own text of the directive.
 * @source Directive 2006/112/EC, article 226, points 10a, 11 and 11a; codes VATEX of the CEF, for EN 16931
 */
export const exemptions = {
  'intra-community': {
    code: 'VATEX-EU-IC',
    text: {
      en: 'Intra-Community supply',
      de: 'Steuerfreie innergemeinschaftliche Lieferung',
      fr: 'Livraison intracommunautaire exonérée',
      it: 'Cessione intracomunitaria non imponibile',
      es: 'Entrega intracomunitaria exenta',
      nl: 'Intracommunautaire levering',
    },
  },
  'reverse-charge': {
    code: 'VATEX-EU-AE',
    text: {
      en: 'Reverse charge',
      de: 'Steuerschuldnerschaft des Leistungsempfängers',
      fr: 'Autoliquidation',
      it: 'Inversione contabile',
      es: 'Inversión del sujeto pasivo',
      nl: 'Btw verlegd',
    },
  },
  export: {
    code: 'VATEX-EU-G',
    text: {
      en: 'Export outside the EU',
      de: 'Steuerfreie Ausfuhrlieferung',
      fr: 'Exportation exonérée',
      it: "Cessione all'esportazione non imponibile",
      es: 'Exportación exenta',
      nl: 'Uitvoer buiten de EU',
    },
  },
  'out-of-scope': {
    code: 'VATEX-EU-O',
    text: {
      en: 'Not subject to VAT',
      de: 'Nicht umsatzsteuerbar',
      fr: 'Hors champ de la TVA',
      it: 'Fuori campo IVA',
      es: 'No sujeto a IVA',
      nl: 'Niet aan btw onderworpen',
    },
  },
  exempt: {
    code: 'EU-VAT-EXEMPT',
    text: {
      en: 'Exempt from VAT',
      de: 'Umsatzsteuerfrei',
      fr: 'Exonéré de TVA',
      it: 'Esente da IVA',
      es: 'Exento de IVA',
      nl: 'Vrijgesteld van btw',
    },
  },
} satisfies Readonly<Record<string, Exemption>>;

/** On a document that the buyer writes in the supplier's name. */
export const selfBilling: LegalNote = {
  code: 'EU-SELF-BILLING',
  text: {
    en: 'Self-billing',
    de: 'Gutschrift',
    fr: 'Autofacturation',
    it: 'Autofatturazione',
    es: 'Facturación por el destinatario',
    nl: 'Factuur uitgereikt door afnemer',
  },
};
