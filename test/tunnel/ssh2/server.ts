import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type AuthContext, type Connection, Server, type Session } from "ssh2";
import type { KeyPair } from "../scratch.ts";

/** An ssh2 server on 127.0.0.1 that can be made to fail. */
export type FaultyServer = {
  readonly port: number;
  readonly connections: readonly Connection[];
  /** The methods that were tried, over all connections; `password secret` with what was sent. */
  readonly attempts: readonly string[];
  /** Ends every connection; settles when they are gone. */
  drop(): Promise<void>;
  close(): Promise<void>;
};

export type Faults = {
  readonly hostKey: KeyPair;
  readonly judge?: (context: AuthContext) => void;
  readonly session?: (session: Session) => void;
  readonly algorithms?: ConstructorParameters<typeof Server>[0]["algorithms"];
};

export async function faultyServer({ hostKey, judge, session, algorithms }: Faults): Promise<FaultyServer> {
  const attempts: string[] = [];
  const connections = new Set<Connection>();
  const config = { hostKeys: [readFileSync(hostKey.file)], ...(algorithms ? { algorithms } : {}) };
  const server = new Server(config, (connection) => {
    connections.add(connection);
    connection.on("error", () => {});
    connection.on("close", () => connections.delete(connection));
    connection.on("session", (accept) => {
      const accepted = accept();
      session?.(accepted);
    });
    connection.on("authentication", (context) => {
      attempts.push(context.method === "password" ? `password ${context.password}` : context.method);
      if (judge) judge(context);
      else context.accept();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const drop = async () => {
    await Promise.all(
      [...connections].map((connection) => {
        const gone = new Promise<void>((resolve) => connection.once("close", () => resolve()));
        connection.end();
        return gone;
      }),
    );
  };
  return {
    port: typeof address === "object" && address ? address.port : 0,
    attempts,
    get connections() {
      return [...connections];
    },
    drop,
    async close() {
      await drop();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
