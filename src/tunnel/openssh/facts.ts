import { harmless } from "../harmless.ts";
import type { Peer } from "../link.ts";

/** What the master's own log says of the connection. */
export type Facts = {
  readonly fingerprint?: string;
  readonly keyType?: string;
  readonly cipher?: string;
  readonly software?: string;
  /** Of our own `ssh`: `[9, 2]`. */
  readonly version: readonly [number, number];
};

export type FactsReader = { line(text: string): void; readonly facts: Facts };

/**
 * Reads the lines of LogLevel DEBUG1 (sshconnect.c, kex.c). What is said later wins: a jump host can write such lines in
 * its banner, and that comes before the last host's own.
 */
export function readFacts(): FactsReader {
  let facts: Facts = { version: [0, 0] };
  const line = (text: string) => {
    if (!text.startsWith("debug1: ")) return;
    const [, keyType, fingerprint] = /^debug1: Server host key: (\S+) (SHA256:\S+)$/.exec(text) ?? [];
    if (keyType !== undefined && fingerprint !== undefined) facts = { ...facts, keyType, fingerprint };
    const cipher = /^debug1: kex: server->client cipher: (\S+)/.exec(text)?.[1];
    if (cipher !== undefined) facts = { ...facts, cipher };
    const software = /remote software version (.*)$/.exec(text)?.[1];
    if (software !== undefined) facts = { ...facts, software: harmless(software, { oneLine: true, most: 200 }) };
    const [, major, minor] = /^debug1: Local version string SSH-2\.0-OpenSSH_(?:\w*_)?(\d+)\.(\d+)/.exec(text) ?? [];
    if (major !== undefined && minor !== undefined) facts = { ...facts, version: [Number(major), Number(minor)] };
  };
  return {
    line,
    get facts() {
      return facts;
    },
  };
}

export function peerOf({ version: _, ...facts }: Facts, hops: readonly string[]): Peer {
  return { engine: "openssh", ...facts, hops };
}
