import * as z from "zod/mini";
import { serviceKinds } from "../../tunnel/discovery/server.ts";

const target = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("tcp"), host: z.string(), port: z.int().check(z.minimum(1), z.maximum(65_535)) }),
  z.object({ kind: z.literal("unix"), path: z.string() }),
]);

/** What the editor keeps of a tunnel between sessions: what it takes to open it again, and no secret. */
export const savedTunnelSchema = z.object({
  /** Stable for as long as it is saved; also the Jupyter server's id. */
  id: z.string(),
  /** What the user calls it. */
  name: z.string(),
  host: z.string(),
  engine: z.exactOptional(z.enum(["ssh2", "openssh"])),
  target,
  kind: z.exactOptional(z.enum(serviceKinds)),
  basePath: z.string(),
  /** The name that discovery or the launcher gave the server, by which its token is read. */
  server: z.exactOptional(z.string()),
  machine: z.exactOptional(z.object({ hostname: z.string(), id: z.string() })),
  /** The server's folder on the host, for the tooltip. */
  folder: z.exactOptional(z.string()),
});

export type SavedTunnel = z.infer<typeof savedTunnelSchema>;
