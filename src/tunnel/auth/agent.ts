import type { Duplex } from "node:stream";
import { createAgent, type OpenSSHAgent, type ParsedKey, type SigningRequestOptions } from "ssh2";
import { stringsIn } from "../known-hosts/key-blob.ts";

export type Hash = SigningRequestOptions["hash"];

/** A key that an agent holds: the raw public key, of whatever type, and what its owner calls it. */
export type AgentIdentity = { readonly blob: Buffer; readonly comment: string };

/** An ssh agent. Each request is a connection of its own, as it may wait for a person to approve it. */
export type Agent = {
  identities(): Promise<readonly AgentIdentity[]>;
  sign(key: ParsedKey, data: Buffer, hash: Hash): Promise<Buffer>;
};

/** The agent at a socket or a pipe; what waits for it ends with the signal. */
export function openAgent(path: string, signal: AbortSignal): Agent {
  // On every system it makes an OpenSSHAgent or a subclass of it, which its type does not say.
  const agent = createAgent(path) as OpenSSHAgent;
  const connect = agent.getStream.bind(agent);
  agent.getStream = (callback) =>
    connect((error, stream) => {
      if (stream) endWith(signal, stream);
      callback(error, stream);
    });
  return {
    identities: async () => readIdentities(await ask(await streamOf(agent))),
    sign: (key, data, hash) =>
      new Promise((resolve, reject) => {
        agent.sign(key, data, hash === undefined ? {} : { hash }, (error, signature) =>
          signature ? resolve(signature) : reject(error ?? new Error("The agent did not sign.")),
        );
      }),
  };
}

function endWith(signal: AbortSignal, stream: Duplex): void {
  const end = () => void stream.destroy();
  stream.on("error", end);
  stream.once("close", () => signal.removeEventListener("abort", end));
  signal.addEventListener("abort", end, { once: true });
  if (signal.aborted) end();
}

function streamOf(agent: OpenSSHAgent): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    agent.getStream((error, stream) => (stream ? resolve(stream) : reject(error ?? new Error("No agent answers."))));
  });
}

// Numbers and layout are from draft-ietf-sshm-ssh-agent, the limit from OpenSSH's authfd.c.
const requestIdentities = Buffer.from([0, 0, 0, 1, 11]);
const identitiesAnswer = 12;
const longestAnswer = 256 * 1024;

/** ssh2's own request drops keys of types that it does not know, and those are what we have to tell apart. */
async function ask(stream: Duplex): Promise<Buffer> {
  stream.write(requestIdentities);
  let answer = Buffer.alloc(0);
  // Leaving the loop destroys the stream.
  for await (const chunk of stream) {
    answer = Buffer.concat([answer, chunk]);
    if (answer.length > longestAnswer) break;
    if (answer.length >= 4 && answer.length >= 4 + answer.readUInt32BE(0)) return answer.subarray(4);
  }
  throw new Error("The agent ended the connection, or its answer is too long.");
}

function readIdentities(answer: Buffer): AgentIdentity[] {
  const strings = answer[0] === identitiesAnswer && answer.length >= 5 ? stringsIn(answer.subarray(5)) : undefined;
  if (!strings || strings.length !== 2 * answer.readUInt32BE(1)) throw new Error("The agent does not list its keys.");
  return strings.flatMap((blob, index) => {
    const comment = strings[index + 1];
    return index % 2 === 0 && comment ? [{ blob, comment: comment.toString() }] : [];
  });
}
