import type { ServiceKind } from "../discovery/server.ts";

/**
 * What a kind of service is asked whether it answers. Jupyter's `/api` tells its version without a login and writes no
 * line to its log (jupyter_server logs answers below 300 at debug level only); of the others only a sign of life counts,
 * and a refusal is one.
 */
export function requestFor(kind: ServiceKind | undefined, basePath: string): string | undefined {
  if (kind === undefined) return undefined;
  return kind === "jupyter" ? `GET ${basePath}api` : `HEAD ${basePath}`;
}

/** Whether the guard stands before a service unless the user says otherwise: where it has no login of its own. */
export function guardedByDefault(kind: ServiceKind | undefined): boolean {
  return kind !== undefined && !ownLogin.has(kind);
}

const ownLogin: ReadonlySet<ServiceKind> = new Set(["jupyter", "marimo"]);
