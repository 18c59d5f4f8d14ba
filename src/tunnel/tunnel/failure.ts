import type { TunnelError } from "../error.ts";
import type { Failure } from "../status.ts";

/** A `TunnelError` as data, for a status. */
export function failureOf({ code, said, advice }: TunnelError): Failure {
  return { code, said, advice };
}
