import { getSystemErrorMap } from "node:util";

/** Why a run cannot go on: wrong arguments, a path that is not there, a broken configuration, a file not written. */
export type CliErrorCode = "usage" | "no-such-path" | "config" | "write";

/** The message is for the user, and complete: it needs no stack. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly code: CliErrorCode;

  constructor(code: CliErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** What the system said went wrong, in words: `permission denied`. */
export function systemReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const errno = "errno" in error && typeof error.errno === "number" ? error.errno : undefined;
  const words = errno === undefined ? undefined : getSystemErrorMap().get(errno)?.[1];
  return words ?? error.message;
}
