import type { ParsedKey } from "ssh2";
import { harmless } from "../harmless.ts";
import type { Host } from "../host/host.ts";
import { fingerprintOf } from "../known-hosts/key-blob.ts";
import type { Log } from "../log.ts";
import type { Agent, AgentIdentity, Hash } from "./agent.ts";
import { type IdentityFile, parseKey, readIdentityFile, reasonAgainst } from "./identity-file.ts";

/** A key to offer to a server. */
export type KeyOffer = {
  /** For the log. */
  readonly name: string;
  /** Asks for the passphrase only where nothing else tells what the public key is. */
  publicKey(): Promise<ParsedKey>;
  /** Called when the server has said that it would take the key; may ask for the passphrase. */
  sign(data: Buffer, hash: Hash): Promise<Buffer>;
};

export type Keys = {
  readonly offers: readonly KeyOffer[];
  /** Keys that the system's ssh may be able to use and ssh2 is not: what they are, and why. */
  readonly unusable: readonly string[];
  /** The agent that is named but does not answer. */
  readonly silentAgent?: string;
};

/** Opens the private key of a file, for which it may ask. */
export type Unlock = (file: IdentityFile & { readonly secret: Buffer }) => Promise<ParsedKey>;

/**
 * The keys for a host in OpenSSH's order (`pubkey_prepare` in sshconnect2.c): those of the agent that the config
 * names, its others unless IdentitiesOnly, then those that are only in files.
 */
export async function gatherKeys(host: Host, agent: Agent | undefined, unlock: Unlock, log: Log): Promise<Keys> {
  const files = await readFiles(host.identityFiles, log);
  const held = await heldBy(agent, log);
  const isNamed = ({ blob }: AgentIdentity) => files.some((file) => file.blob?.equals(blob));
  const isHeld = ({ blob }: IdentityFile) => blob !== undefined && (held ?? []).some((key) => key.blob.equals(blob));

  const named = (held ?? []).filter(isNamed);
  const others = host.identitiesOnly ? [] : (held ?? []).filter((key) => !isNamed(key));
  const usable = [...named, ...others].filter(({ blob }) => reasonAgainst(blob) === undefined);
  const onlyInFiles = files.filter((file) => file.unusable === undefined || file.unusable === "certificate");
  const unusable = [
    ...[...named, ...others].flatMap(({ blob, comment }) => described(reasonAgainst(blob), comment)),
    ...files
      .filter((file) => file.unusable === "certificate" || !isHeld(file))
      .flatMap((file) => described(file.unusable, file.file)),
  ];
  for (const key of unusable) log("info", `this engine cannot use ${key}`);
  return {
    offers: [
      ...usable.flatMap((key) => (agent ? [offerOfAgent(agent, key)] : [])),
      ...onlyInFiles.filter((file) => !isHeld(file)).flatMap((file) => offerOfFile(file, unlock)),
    ],
    unusable: [...new Set(unusable)],
    ...(agent && !held && host.agent !== undefined ? { silentAgent: host.agent } : {}),
  };
}

function described(reason: string | undefined, name: string): string[] {
  return reason === undefined ? [] : [`${harmless(name, { oneLine: true, most: 200 })} (${reason})`];
}

async function readFiles(names: readonly string[], log: Log): Promise<IdentityFile[]> {
  const files = [...new Set(names)].map((name) =>
    readIdentityFile(name).catch((error: unknown) => {
      log("warn", `${name} is left out: ${String(error)}`);
      return undefined;
    }),
  );
  return (await Promise.all(files)).filter((file) => file !== undefined);
}

async function heldBy(agent: Agent | undefined, log: Log): Promise<readonly AgentIdentity[] | undefined> {
  try {
    return await agent?.identities();
  } catch (error) {
    log("warn", `the ssh agent cannot be used: ${String(error)}`);
    return undefined;
  }
}

function offerOfAgent(agent: Agent, { blob, comment }: AgentIdentity): KeyOffer {
  const publicKey = async () => usable(parseKey(blob));
  return {
    name: `${fingerprintOf(blob)} ${harmless(comment, { oneLine: true, most: 200 })} of the agent`,
    publicKey,
    sign: async (data, hash) => agent.sign(await publicKey(), data, hash),
  };
}

function offerOfFile(identity: IdentityFile, unlock: Unlock): KeyOffer[] {
  const { file, blob, secret } = identity;
  if (!secret) return [];
  let opened: Promise<ParsedKey> | undefined;
  const privateKey = () => {
    opened ??= unlock({ ...identity, secret });
    return opened;
  };
  return [
    {
      name: file,
      publicKey: async () => (blob ? usable(parseKey(blob)) : privateKey()),
      sign: async (data, hash) => signed(await privateKey(), data, hash),
    },
  ];
}

function usable(key: ParsedKey | Error): ParsedKey {
  if (key instanceof Error) throw key;
  return key;
}

/** ssh2 returns the error that its type does not mention. */
function signed(key: ParsedKey, data: Buffer, hash: Hash): Buffer {
  const signature: Buffer | Error = key.sign(data, hash);
  if (signature instanceof Error) throw signature;
  return signature;
}
