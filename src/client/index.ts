/** `acorn/client`: follow an Acorn's change feed from anywhere. It knows the API and nothing of the server. */
export { ask } from './ask.ts';
export { FeedError, type ServerError } from './failure.ts';
export { type FeedBatch, type FollowOptions, follow, type Transport } from './follow.ts';
export { type FeedChange, type FeedFilter, type Numbered, wholeChange } from './operation.ts';
export type { Access } from './session.ts';
