import type { Exemption, LegalNote as LegalNoteValue } from '../src/domain/tax/treatment.ts';
import type { LineTax as LineTaxValue, RequiredTerm, TaxAnswer } from '../src/seams/site.ts';
import type { TaxFact as TaxFactValue } from '../src/seams/tax-facts.ts';
import { builder } from './builder.ts';

const language = 'A language by ISO 639-1, such as de. English where the site has no words in it.';
const inLanguage = ({ text }: LegalNoteValue, wanted: string | null | undefined): string =>
  new Map(Object.entries(text)).get(wanted ?? 'en') ?? text.en ?? '';

const LegalNote = builder.objectRef<LegalNoteValue>('LegalNote').implement({
  description: 'A sentence that the law wants on the document.',
  authScopes: { 'invoice:read': true },
  fields: (t) => ({
    code: t.exposeString('code', { description: 'For a program.' }),
    text: t.string({
      description: 'For the document.',
      args: { language: t.arg.string({ required: false, description: language }) },
      resolve: (note, args) => inLanguage(note, args.language),
    }),
    languages: t.stringList({
      description: 'The languages it is there in.',
      resolve: ({ text }) => Object.keys(text).sort(),
    }),
  }),
});

export const TaxExemption = builder.objectRef<Exemption>('TaxExemption').implement({
  description: 'Why no tax is charged.',
  authScopes: { 'invoice:read': true },
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Such as VATEX-EU-IC.' }),
    text: t.string({
      description: 'For the document.',
      args: { language: t.arg.string({ required: false, description: language }) },
      resolve: (exemption, args) => inLanguage(exemption, args.language),
    }),
    reference: t.exposeString('reference', {
      nullable: true,
      description: 'The certificate or number that shows it, to be printed.',
    }),
  }),
});

const TaxFact = builder.objectRef<TaxFactValue>('TaxFact').implement({
  description: 'Something the rule looked at.',
  authScopes: { 'invoice:read': true },
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What it is, such as shipFromCountry.' }),
    value: t.exposeString('value', { nullable: true, description: 'In words. Null when nobody has said.' }),
  }),
});

const RequiredDocumentTerm = builder.objectRef<RequiredTerm>('RequiredDocumentTerm').implement({
  description: 'What the document has to say for its treatment to hold.',
  authScopes: { 'invoice:read': true },
  fields: (t) => ({
    term: t.exposeString('term', {
      description: "A business term of EN 16931, such as BT-48, or the site's own word.",
    }),
    value: t.exposeString('value', { description: 'What it has to say there.' }),
  }),
});

export const LineTax = builder.objectRef<LineTaxValue>('LineTax').implement({
  description: 'A tax that a line bears; its amount is in the tax of that rule and rate, rounded once.',
  authScopes: { 'invoice:read': true },
  fields: (t) => ({
    rule: t.exposeString('rule', { description: 'The rule of the tax.' }),
    category: t.exposeString('category', { description: 'By UN/CEFACT code list 5305: S, AA, Z, E, AE, K, G or O.' }),
    rate: t.expose('rate', { type: 'Decimal', description: 'Per cent.' }),
  }),
});

/** How the answer came about: `TaxAssessment.trace`. */
export const TaxTrace = builder.objectRef<TaxAnswer>('TaxTrace').implement({
  description: 'How an assessment came about: what was looked at, in which data, and what the document has to say.',
  authScopes: { 'invoice:read': true },
  fields: (t) => ({
    data: t.exposeString('rates', {
      nullable: true,
      description: 'Version of the rates and tables that were read. Null when the site keeps none.',
    }),
    facts: t.field({
      type: [TaxFact],
      nullable: true,
      description:
        'All that was looked at beside the lines: nothing else changes the answer. Null when it does not say.',
      resolve: ({ facts }) => facts ?? null,
    }),
    document: t.exposeString('document', {
      nullable: true,
      description: 'What the document may call itself, such as qualified-invoice.',
    }),
    notes: t.field({ type: [LegalNote], description: 'Sentences for it.', resolve: ({ notes = [] }) => [...notes] }),
    required: t.field({
      type: [RequiredDocumentTerm],
      description: 'Terms it has to carry.',
      resolve: ({ required = [] }) => [...required],
    }),
    lines: t.field({
      type: t.listRef(t.listRef(LineTax)),
      nullable: true,
      description: "What each line bears, in the order of the invoice's lines. Null when the site does not say.",
      resolve: ({ lines }) => lines?.map((line) => [...line]) ?? null,
    }),
  }),
});
