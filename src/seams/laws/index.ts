// The laws, imported as `acorn/laws`: for a plugin's own tests, and for whoever wants to judge one.
export { connectorFindings } from './connector.ts';
export type { RecordedDocument } from './documents.ts';
export type { Effort, Finding, Law } from './law.ts';
export { usualEffort } from './law.ts';
export { pullFindings } from './pull.ts';
export { siteFindings } from './site.ts';
