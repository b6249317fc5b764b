import { internationalSchemes } from '../../domain/identifiers/international.ts';
import type { Problem } from '../composition.ts';
import type { Check } from './check.ts';

/** Each site has one plugin, each marketplace one site, each connector's name one connector. */
export const sites: Check = ({ plugins }) => {
  const brought = plugins.flatMap((plugin) =>
    (plugin.sites ?? []).map((site, index) => ({ plugin: plugin.id, site, key: `${plugin.id} ${index}` })),
  );
  const stores = brought.flatMap(({ plugin, site }) =>
    site.marketplaces.map(({ id }) => ({ plugin, name: id, by: `site ${site.code} of "${plugin}"` })),
  );
  return [
    ...twice(
      brought.map(({ plugin, site }) => ({ plugin, name: site.code, by: `"${plugin}"` })),
      'DUPLICATE_SITE',
      (name, first, second) => `The site ${name} is brought by ${first} and by ${second}.`,
    ),
    ...twice(
      stores,
      'DUPLICATE_MARKETPLACE',
      (name, first, second) => `The marketplace ${name} is claimed by ${first} and by ${second}.`,
    ),
  ];
};

/** One connector per name: the name stands in every source, and must lead back to one of them. */
export const connectors: Check = ({ plugins }) =>
  twice(
    plugins.flatMap(({ id, connector }) =>
      connector === undefined ? [] : [{ plugin: id, name: connector.name, by: `"${id}"` }],
    ),
    'DUPLICATE_CONNECTOR',
    (name, first, second) => `The connector "${name}" is brought by ${first} and by ${second}.`,
  );

/** One meaning per scheme of identifiers: a name stands in documents, and must lead to one rule. The core's come first. */
export const identifierSchemes: Check = ({ plugins }) => {
  const brought = plugins.flatMap((plugin) =>
    (plugin.sites ?? []).flatMap(({ identifiers = [] }) =>
      identifiers.map(({ scheme }) => ({ plugin: plugin.id, name: scheme, by: `"${plugin.id}"` })),
    ),
  );
  const ofTheCore = new Set(internationalSchemes.map(({ scheme }) => scheme));
  return [
    ...brought
      .filter(({ name }) => ofTheCore.has(name))
      .map(({ plugin, name, by }) => ({
        code: 'DUPLICATE_IDENTIFIER_SCHEME' as const,
        plugin,
        element: name,
        message: `The identifier scheme ${name} is brought by the core and by ${by}.`,
        cure: `Leave ${name} out of "${plugin}", or give it another name there.`,
      })),
    ...twice(
      brought.filter(({ name }) => !ofTheCore.has(name)),
      'DUPLICATE_IDENTIFIER_SCHEME',
      (name, first, second) => `The identifier scheme ${name} is brought by ${first} and by ${second}.`,
    ),
  ];
};

/** Whoever claims a name after its first owner, in order. */
function twice(
  claims: readonly { readonly plugin: string; readonly name: string; readonly by: string }[],
  code: Problem['code'],
  sentence: (name: string, first: string, second: string) => string,
): Problem[] {
  const owners = new Map<string, { readonly plugin: string; readonly by: string }>();
  return claims.flatMap(({ plugin, name, by }) => {
    const owner = owners.get(name);
    if (owner === undefined) {
      owners.set(name, { plugin, by });
      return [];
    }
    return {
      code,
      plugin,
      element: name,
      message: sentence(name, owner.by, by),
      cure:
        owner.plugin === plugin
          ? `Leave ${name} in one place of "${plugin}".`
          : `Remove "${owner.plugin}" or "${plugin}", or have one of them leave ${name} to the other.`,
    };
  });
}
