import type { LegalNote, TaxTreatment } from './treatment.ts';

/**
 * The sentences of a document: why its lines bear no tax, and whatever else the law wants there. Each once, by code,
 * whatever the order of the lines.
 */
export const sentences = (treatments: readonly TaxTreatment[], ...others: readonly LegalNote[]): LegalNote[] => {
  const reasons = treatments.map(({ exemption }) => exemption).filter((one) => one !== undefined);
  const byCode = new Map([...reasons, ...others].map((note) => [note.code, note]));
  return [...byCode.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
};
