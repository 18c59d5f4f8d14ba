import type { Message } from "../core/message.ts";

/** Where in a chain of hosts a question comes from: the name as the user knows it, and the address behind it. */
export type Hop = { readonly name: string; readonly hostname: string; readonly port: number; readonly user: string };

/** A host key that no file of the user knows. */
export type HostKeyQuestion = {
  readonly hop: Hop;
  /** The host's name in known_hosts, by which `ssh-keygen -R` takes trust back. */
  readonly identity: string;
  /** Where *remember* writes it; absent where the engine leaves that to `ssh`. */
  readonly file?: string;
  /** As in known_hosts: `ssh-ed25519`. */
  readonly keyType: string;
  /** `SHA256:…`, as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
};

/** `once`: until the tunnel is stopped, reconnects included. */
export type HostKeyAnswer = "remember" | "once" | "refuse";

/** Something the user types that must not be shown. `attempt` counts from 1. */
export type SecretQuestion =
  | {
      readonly kind: "passphrase";
      readonly hop: Hop;
      readonly file: string;
      readonly fingerprint?: string;
      readonly attempt: number;
    }
  | {
      readonly kind: "password";
      readonly hop: Hop;
      /** `SHA256:…`; absent where the engine cannot tell which key the host has shown. */
      readonly hostKey?: string;
      readonly attempt: number;
    };

/** What a server asks in keyboard-interactive, as it wrote it, made harmless. */
export type InteractiveQuestion = {
  readonly hop: Hop;
  readonly title: string;
  readonly instructions: string;
  readonly fields: readonly { readonly prompt: string; readonly echo: boolean }[];
};

/**
 * All that the SSH half asks of a person. `undefined` means that they gave up. Where nobody can be asked it rejects with
 * a `TunnelError` that says what is missing: `answer-needed`, or `host-key-unknown`. The signal ends a question that has become pointless.
 */
export type Prompts = {
  hostKey(question: HostKeyQuestion, signal: AbortSignal): Promise<HostKeyAnswer | undefined>;
  secret(question: SecretQuestion, signal: AbortSignal): Promise<string | undefined>;
  interactive(question: InteractiveQuestion, signal: AbortSignal): Promise<readonly string[] | undefined>;
  /** Something the user should know once, such as a banner. */
  notice(text: Message): void;
};
