import type { StartedServer } from "../launcher/started.ts";
import { targetText } from "../target.ts";
import type { RemoteServer } from "./server.ts";

/** The server that is called so: by where it is (`jupyter-8888`), or by the name it was started under (`jupyter-1`). */
export async function serverNamed(
  name: string,
  servers: readonly RemoteServer[],
  started: () => Promise<readonly StartedServer[]>,
): Promise<RemoteServer | undefined> {
  const found = servers.find((server) => server.name === name);
  if (found) return found;
  const ours = (await started()).find((server) => server.name === name && server.running);
  return ours && servers.find(({ target, own }) => own && targetText(target) === targetText(ours.target));
}
