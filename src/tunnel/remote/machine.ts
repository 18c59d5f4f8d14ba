import { message } from "../../core/message.ts";
import type { Machine } from "../discovery/server.ts";
import { TunnelError } from "../error.ts";
import { harmless } from "../harmless.ts";
import type { Link } from "../link.ts";
import { runScript } from "./script.ts";

/** Which machine a link has ended on: behind one name there may be many. Rejects with `cannot-look`. */
export async function machineOf(link: Link, signal: AbortSignal): Promise<Machine> {
  const machine = machineIn(await runScript(link, `${machineFunction}say_machine`, signal));
  if (machine) return machine;
  throw new TunnelError("cannot-look", message("{host} does not say which machine it is.", { host: link.host.name }));
}

/**
 * A shell function that prints `machine ID<tab>HOSTNAME`. Containers and cloned images may lack or share
 * /etc/machine-id (machine-id(5)); the boot id tells them apart from other machines, if only until the next start.
 * macOS has neither, but names its hardware.
 */
export const machineFunction = `
say_machine() {
  id=$(cat /etc/machine-id 2>/dev/null)
  [ -n "$id" ] || id=$(cat /var/lib/dbus/machine-id 2>/dev/null)
  [ -n "$id" ] || id=$(ioreg -rd1 -c IOPlatformExpertDevice 2>/dev/null | sed -n 's/.*"IOPlatformUUID" = "\\([^"]*\\)".*/\\1/p')
  [ -n "$id" ] || id=$(cat /proc/sys/kernel/random/boot_id 2>/dev/null)
  [ -n "$id" ] || id=$(hostid 2>/dev/null)
  printf 'machine %s\\t%s\\n' "$id" "$(uname -n)"
}
`;

/** The machine, from the lines of a script that called `say_machine`; its name stands in where it has no id. */
export function machineIn(lines: readonly string[]): Machine | undefined {
  const [, id = "", name = ""] = lines.map((line) => /^machine ([^\t]*)\t(.+)$/.exec(line)).find(Boolean) ?? [];
  if (name === "") return undefined;
  const hostname = harmless(name, { oneLine: true, most: 255 });
  return { hostname, id: harmless(id, { oneLine: true, most: 255 }) || hostname };
}
