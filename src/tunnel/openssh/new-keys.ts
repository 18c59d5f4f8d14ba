import { readFile } from "node:fs/promises";
import { message } from "../../core/message.ts";
import { appendKnownHost } from "../known-hosts/append.ts";
import { fingerprintOf } from "../known-hosts/key-blob.ts";
import type { Session } from "../link.ts";
import type { Approval } from "./answers.ts";

/**
 * Adds the keys that the user approved for good to their known_hosts. `ssh` told us only fingerprints; the keys
 * themselves are in the file that it was made to write them to. One that cannot be kept is approved for now all the same.
 */
export async function keepApproved(newKeys: string, approvals: readonly Approval[], session: Session): Promise<void> {
  if (approvals.length === 0) return;
  const keys = keysIn(await readFile(newKeys, "utf8").catch(() => ""));
  for (const { hop, fingerprint } of approvals) {
    const key = keys.find((each) => fingerprintOf(each) === fingerprint);
    try {
      if (key === undefined) throw new Error("ssh did not write it down.");
      await appendKnownHost(hop.host, key);
    } catch (error) {
      session.log("info", `the key of ${hop.identity} could not be remembered: ${error}`);
      session.prompts.notice(
        message("The key of {host} could not be remembered; it is trusted for now.", { host: hop.host.name }),
      );
    }
  }
}

/** `NAMES TYPE KEY`, unhashed and without markers, because our config says so. */
function keysIn(knownHosts: string): readonly Buffer[] {
  return knownHosts.split("\n").map((line) => Buffer.from(line.split(" ")[2] ?? "", "base64"));
}
