/** What a tunnel leads to, as seen from the far host. */
export type Target =
  | { readonly kind: "tcp"; readonly host: string; readonly port: number }
  | { readonly kind: "unix"; readonly path: string };

/** The target as a person writes it: `127.0.0.1:8888`, `[::1]:8888`, `/run/user/1000/jupyter.sock`. */
export function targetText(target: Target): string {
  if (target.kind === "unix") return target.path;
  return target.host.includes(":") ? `[${target.host}]:${target.port}` : `${target.host}:${target.port}`;
}
