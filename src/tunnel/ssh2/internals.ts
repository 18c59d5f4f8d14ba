import { createSecretKey } from "node:crypto";
import type { Client, ClientChannel } from "ssh2";

/*
 * All that we touch of ssh2 (1.17.0, pinned) without its documentation's leave. Every part is looked for first: where
 * one is absent, what it would have tuned stays as ssh2 has it.
 */

/** How much more the far side may send on a channel before it has to wait for us. */
export type ReceiveWindow = {
  /** Bytes. */
  left(): number;
  /** Lets the far side send so many bytes more. */
  grant(bytes: number): void;
  /** Grants nothing from now on: a channel that we have closed must not speak any more (RFC 4254 §5.3). */
  shut(): void;
};

/** The window of a channel (Channel.js keeps the count, and tops it up to 2 MiB when 1 MiB is left). */
export function receiveWindow(client: Client, channel: ClientChannel): ReceiveWindow | undefined {
  const incoming = partOf(channel, "incoming");
  const recipient = partOf(channel, "outgoing")?.["id"];
  const protocol = partOf(client, "_protocol");
  const adjust = protocol?.["channelWindowAdjust"];
  if (typeof incoming?.["window"] !== "number" || typeof recipient !== "number" || typeof adjust !== "function") {
    return undefined;
  }
  // Its type was looked at just now.
  const count = incoming as { window: number };
  return {
    left: () => count.window,
    grant(bytes) {
      count.window += bytes;
      adjust.call(protocol, recipient, bytes);
    },
    shut() {
      count.window = neverEmpty;
    },
  };
}

/** Bytes; far more than can still be under way. Not infinite, because a field that holds a whole number stays a fast one. */
const neverEmpty = 2 ** 30 - 1;

/**
 * Spares the ciphers the making of a key object for every packet, which since Node 24 costs more than the encryption
 * (crypto.js calls `createCipheriv` and `createHmac` with a Buffer each time). To be repeated after each key exchange.
 */
export function keepKeyObjects(client: Client): void {
  const protocol = partOf(client, "_protocol");
  for (const [coder, name] of keys) {
    const holder = partOf(protocol, coder);
    const key = holder?.[name];
    if (holder && Buffer.isBuffer(key)) holder[name] = createSecretKey(key);
  }
}

const keys = [
  ["_cipher", "_encKey"],
  ["_cipher", "_macKey"],
  ["_decipher", "_decipherKey"],
  ["_decipher", "_macKey"],
] as const;

/**
 * Whether ssh2 keeps nothing of the bytes that it is given to decrypt. That is so with AES-GCM through Node's own
 * crypto, which writes what it makes of them elsewhere (`AESGCMDecipherNative` in crypto.js, the only one with this
 * field). Before the first key exchange it keeps parts of them, and with its native binding it decrypts in place.
 */
export function keepsNoInput(client: Client): boolean {
  return partOf(partOf(client, "_protocol"), "_decipher")?.["_decipherKey"] !== undefined;
}

/** What the server calls its software, as it wrote it. */
export function softwareOf(client: Client): string | undefined {
  const software: unknown = Reflect.get(client, "_remoteVer");
  return typeof software === "string" ? software : undefined;
}

function partOf(whole: object | undefined, name: string): Record<string, unknown> | undefined {
  const part: unknown = whole && Reflect.get(whole, name);
  // Whatever an object holds is unknown, which is what the type says.
  return typeof part === "object" && part !== null ? (part as Record<string, unknown>) : undefined;
}
