import type { Jupyter, JupyterServerCollection, JupyterServerProvider } from "@vscode/jupyter-extension";

/** A collection, with the provider that it was made with. */
export type PlayedCollection = JupyterServerCollection & { readonly serverProvider: JupyterServerProvider };

/** Jupyter's API as far as others make servers known by it, and what they have made so far. */
export type PlayedJupyter = Pick<Jupyter, "createJupyterServerCollection"> & {
  readonly collections: readonly PlayedCollection[];
};

/** The kernel picker is played by the test: it asks the providers what Jupyter would ask them. */
export function activate(): PlayedJupyter {
  const collections: PlayedCollection[] = [];
  return {
    collections,
    createJupyterServerCollection(id, label, serverProvider): PlayedCollection {
      const collection: PlayedCollection = {
        id,
        label,
        serverProvider,
        dispose: () => void collections.splice(collections.indexOf(collection), 1),
      };
      collections.push(collection);
      return collection;
    },
  };
}
