import type { Message } from "../../core/message.ts";
import type { Environment } from "../environment.ts";
import type { TunnelErrorCode } from "../error.ts";
import type { LogLevel } from "../log.ts";
import type { Prompts } from "../prompts.ts";
import type { ServiceOptions } from "../service.ts";
import type { TunnelStatus } from "../status.ts";

/** What one side may call on the other: each takes plain data and a signal, and resolves with plain data. */
export type Methods = Readonly<Record<string, (request: never, signal: AbortSignal) => Promise<unknown>>>;

/** The questions that the worker asks of the main side. */
export type Questions = Pick<Prompts, "hostKey" | "secret" | "interactive">;

/** What the worker tells without being asked. */
export type WorkerEvent =
  | { readonly event: "log"; readonly level: LogLevel; readonly line: string }
  | { readonly event: "tunnel"; readonly status: TunnelStatus }
  | { readonly event: "notice"; readonly text: Message };

/** A `TunnelError` between threads: what structured cloning would reduce to its sentence. */
export type Thrown = { readonly code: TunnelErrorCode; readonly said: Message };

/**
 * All that crosses, in both directions. A call is settled by the side that was called, also after `cancel`: so nobody
 * takes for given up what has just succeeded.
 */
export type Packet =
  | { readonly type: "call"; readonly id: number; readonly name: string; readonly request: unknown }
  | { readonly type: "cancel"; readonly id: number }
  | { readonly type: "result"; readonly id: number; readonly value: unknown }
  | { readonly type: "failure"; readonly id: number; readonly failure: Thrown }
  | { readonly type: "event"; readonly event: WorkerEvent };

/** What a worker is started with. */
export type WorkerData = { readonly environment: Environment; readonly options: ServiceOptions };
