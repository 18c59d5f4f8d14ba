import type * as vscode from "vscode";
import * as z from "zod/mini";
import type { HostKeyQuestion } from "../../tunnel/prompts.ts";

const schema = z.object({
  name: z.string(),
  hostname: z.string(),
  port: z.number(),
  /** Its name in known_hosts. */
  identity: z.string(),
  /** The file it was written to. */
  file: z.exactOptional(z.string()),
  keyType: z.string(),
  fingerprint: z.string(),
});

/** A host whose key the user told us to remember; the key itself stands in their known_hosts. */
export type TrustedHost = z.infer<typeof schema>;

export type TrustedHosts = {
  all(): readonly TrustedHost[];
  add(question: HostKeyQuestion): Promise<void>;
  remove(host: TrustedHost): Promise<void>;
};

const key = "trustedHosts";

export function openTrustedHosts(state: vscode.Memento): TrustedHosts {
  const all = () => z.array(schema).safeParse(state.get(key, [])).data ?? [];
  const without = ({ fingerprint, identity }: TrustedHost) =>
    all().filter((each) => each.fingerprint !== fingerprint || each.identity !== identity);
  return {
    all,
    async add({ hop: { name, hostname, port }, identity, file, keyType, fingerprint }) {
      const host = { name, hostname, port, identity, keyType, fingerprint, ...(file !== undefined && { file }) };
      await state.update(key, [...without(host), host]);
    },
    remove: async (host) => state.update(key, without(host)),
  };
}
