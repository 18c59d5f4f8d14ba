import { message } from "../../../core/message.ts";
import type { Value } from "./value.ts";

/** `8888 localhost:8888` as `ssh -G` prints it: `8888 [localhost]:8888`. */
export function localForward([listen = "", target = "", ...more]: readonly string[]): Value {
  const [, host, port] = /^(?:\[([^\]]+)\]|[^[\]:/]+)[:/](\d+)$/.exec(target) ?? [];
  const [, bind, localPort] = /^(?:(.+)[:/])?(\d+)$/.exec(listen) ?? [];
  const isForward = more.length === 0 && (target.startsWith("/") || port !== undefined) && listen !== "";
  if (!isForward)
    return { said: message("“{value}” is no forwarding.", { value: `${listen} ${target}`.slice(0, 80) }) };
  const from =
    localPort === undefined ? listen : `${bind === undefined ? "" : `[${bind.replace(/^\[|\]$/g, "")}]:`}${localPort}`;
  const to = port === undefined ? target : `[${host ?? target.slice(0, -port.length - 1)}]:${port}`;
  return { value: `${from} ${to}` };
}
