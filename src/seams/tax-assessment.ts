/**
 * The fields of the core's interface `TaxAssessment`, in SDL: a plugin's type that implements it writes
 * `type JpInvoiceTax implements TaxAssessment { ${taxAssessmentFields} … }`. The core answers all of them.
 */
export const taxAssessmentFields = `
  "The rule that answered, so that no tax can be traced too."
  rule: String!
  "The day that decided the rate."
  taxPoint: Date!
  "Where that day comes from."
  taxPointFrom: TaxPointFrom!
  "Each tax. Empty when the rule makes none."
  taxes: [AssessedTax!]!
  "All of them together."
  total: Money!
  "What somebody should see to."
  warnings: [TaxWarning!]!
  "How it came about."
  trace: TaxTrace!
`;
