import * as z from "zod/mini";

/** What a file or a command tells of a server that is better reached through a tunnel, handed to *Open Tunnel*. */
export const wishSchema = z.object({
  tool: z.optional(z.string()),
  port: z.optional(z.int().check(z.minimum(1), z.maximum(65_535))),
  /** The ssh remote that the file lies on, or the host that `ssh` was typed for: its user is there already. */
  remoteHost: z.optional(z.string()),
  /** What the file itself names: it takes a confirmation, because others write files too. */
  namedHost: z.optional(z.string()),
});
export type Wish = z.infer<typeof wishSchema>;
