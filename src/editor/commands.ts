/** Every command that `package.json` contributes; a test compares the two. */
export const commandIds = [
  "launchGuard.scanWorkspace",
  "launchGuard.showOpenFilesOnly",
  "launchGuard.fixAll",
  "launchGuard.explain",
  "launchGuard.showLog",
] as const;
export type CommandId = (typeof commandIds)[number];

export type Commands = Readonly<Record<CommandId, (...given: readonly unknown[]) => Promise<void>>>;
