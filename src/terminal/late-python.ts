import type { Following } from "../core/command/follow/following.ts";

/** The reader of Python, which is loaded with the first script that is run, and reads nothing before that. */
export type LatePython = {
  readonly read: Following["python"];
  isLoading(): boolean;
  loaded(): Promise<void>;
};

export function latePython(): LatePython {
  let read: Following["python"] | undefined;
  let loading: Promise<void> | undefined;

  async function load(): Promise<void> {
    const { pythonCommands } = await import("../core/sources/python/python.ts");
    read = pythonCommands;
    loading = undefined;
  }

  return {
    read(file, shell, scope) {
      if (read) return read(file, shell, scope);
      loading ??= load();
      return { commands: [], limits: [] };
    },
    isLoading: () => loading !== undefined,
    loaded: async () => loading,
  };
}
