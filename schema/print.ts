import { type GraphQLSchema, printSchema } from 'graphql';
import { schema } from './index.ts';

/** A schema as it is committed: sorted, so that a diff shows what changed and nothing else. */
export const printed = (of: GraphQLSchema = schema): string => `${printSchema(of)}\n`;
