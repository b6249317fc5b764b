import type { CodegenConfig } from '@graphql-codegen/cli';

/**
 * Typed operations from the printed schema: what a client in TypeScript would have. Reads files only, never a server.
 * Tests use them to show that the examples have the types their readers expect.
 */
const config: CodegenConfig = {
  schema: './schema/schema.graphql',
  documents: ['./examples/queries/*.graphql'],
  generates: {
    './test/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string',
        enumsAsTypes: true,
        useTypeImports: true,
        immutableTypes: true,
        strictScalars: true,
        importExtension: '.ts',
        scalars: {
          Decimal: 'string',
          Eaches: 'number',
          Date: 'string',
          Instant: 'string',
          CurrencyCode: 'string',
          Cursor: 'string',
          Sequence: 'string',
        },
      },
    },
  },
};

export default config;
