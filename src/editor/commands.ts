/** What is done with tunnels. Each takes a tunnel's id from a menu, and asks where it is given none. */
export const tunnelCommandIds = [
  "launchGuard.openTunnel",
  "launchGuard.startRemoteJupyter",
  "launchGuard.startRemoteMlflow",
  "launchGuard.startRemoteTensorboard",
  "launchGuard.reconnectTunnel",
  "launchGuard.stopTunnel",
  "launchGuard.stopAllTunnels",
  "launchGuard.restartTunnel",
  "launchGuard.copyTunnelUrl",
  "launchGuard.openInBrowser",
  "launchGuard.renameTunnel",
  "launchGuard.forgetTunnel",
  "launchGuard.forgetTrustedHost",
  "launchGuard.auditRemoteHost",
  "launchGuard.whatListensHere",
  "launchGuard.copyOpenAiBaseUrl",
] as const;
export type TunnelCommandId = (typeof tunnelCommandIds)[number];

/** What is done with launches that run; each takes a row of the *Exposures* view. */
const terminalCommandIds = [
  "launchGuard.runSafely",
  "launchGuard.stopLaunch",
  "launchGuard.showLaunchTerminal",
] as const;
export type TerminalCommandId = (typeof terminalCommandIds)[number];

const lintCommandIds = [
  "launchGuard.scanWorkspace",
  "launchGuard.showOpenFilesOnly",
  "launchGuard.fixAll",
  "launchGuard.explain",
  "launchGuard.showLog",
] as const;
export type LintCommandId = (typeof lintCommandIds)[number];

/** Every command that `package.json` contributes; a test compares the two. */
export const commandIds = [...lintCommandIds, ...terminalCommandIds, ...tunnelCommandIds] as const;
export type CommandId = LintCommandId | TerminalCommandId | TunnelCommandId;

export function isTunnelCommand(id: CommandId): id is TunnelCommandId {
  return tunnelCommandIds.some((each) => each === id);
}

export function isTerminalCommand(id: CommandId): id is TerminalCommandId {
  return terminalCommandIds.some((each) => each === id);
}

/** What commands do; what they answer is for other parts of ours. */
export type Commands<Id extends CommandId = CommandId> = Readonly<
  Record<Id, (...given: readonly unknown[]) => Promise<unknown>>
>;
