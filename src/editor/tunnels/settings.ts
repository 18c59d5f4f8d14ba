import * as z from "zod/mini";

/** The settings of tunnels; `package.json` says the same to the editor, and a test compares the two. */
export const tunnelSettingsSchema = z.strictObject({
  /** Empty: `~/.ssh/config`. */
  "tunnels.sshConfigFile": z._default(z.string(), ""),
  "tunnels.engine": z._default(z.enum(["auto", "ssh2", "openssh"]), "auto"),
  "tunnels.reconnect": z._default(z.boolean(), true),
  "tunnels.keepaliveSeconds": z._default(z.int().check(z.minimum(5), z.maximum(300)), 15),
  "tunnels.openIn": z._default(z.enum(["browser", "simpleBrowser", "none"]), "browser"),
  "tunnels.showTraffic": z._default(z.boolean(), true),
  /** Names of saved tunnels. */
  "tunnels.autostart": z._default(z.array(z.string()), []),
});
export type TunnelSettings = z.infer<typeof tunnelSettingsSchema>;
