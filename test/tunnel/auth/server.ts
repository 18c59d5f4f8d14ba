import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type AuthContext, type Connection, Server } from "ssh2";
import type { KeyPair } from "../scratch.ts";

/** An ssh2 server on 127.0.0.1 that judges logins as told, and hears of each attempt. */
export type JudgingServer = {
  readonly port: number;
  /** `none`, `publickey ssh-rsa sha256`, `publickey ssh-ed25519 signed`, `password secret`, … */
  readonly attempts: readonly string[];
  close(): Promise<void>;
};

export async function judgingServer(hostKey: KeyPair, judge: (context: AuthContext) => void): Promise<JudgingServer> {
  const attempts: string[] = [];
  const open = new Set<Connection>();
  const server = new Server({ hostKeys: [readFileSync(hostKey.file)] }, (connection) => {
    open.add(connection);
    connection.on("error", () => {});
    connection.on("close", () => open.delete(connection));
    connection.on("authentication", (context) => {
      attempts.push(attemptOf(context));
      judge(context);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    attempts,
    async close() {
      for (const connection of open) connection.end();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function attemptOf(context: AuthContext): string {
  if (context.method === "password") return `password ${context.password}`;
  if (context.method !== "publickey") return context.method;
  // For RSA the key's type leaves open which hash is signed.
  const hash = context.hashAlgo === undefined ? "" : ` ${context.hashAlgo}`;
  return `publickey ${context.key.algo}${hash}${context.signature ? " signed" : ""}`;
}
