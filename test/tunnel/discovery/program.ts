import { spawn } from "node:child_process";
import { once } from "node:events";
import { symlinkSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Scratch } from "../scratch.ts";
import type { Fake } from "./fakes.ts";

/** A process of its own that serves a fake. */
export type Program = { readonly port: number; readonly pid: number; close(): Promise<void> };

export type ProgramOptions = {
  /** What it calls itself. */
  readonly title?: string;
  readonly host?: string;
  /** A child with another command line serves, as workers of uvicorn and gunicorn do. */
  readonly worker?: boolean;
  /** The number of the user it runs as. */
  readonly uid?: number;
  /** Signals that it does not end by. */
  readonly ignores?: readonly NodeJS.Signals[];
  /** The folder it works in. */
  readonly folder?: string;
  /** In a mount namespace of its own, as a container has one. Only root can make it. */
  readonly contained?: boolean;
  /** The first line of its script. */
  readonly script?: string;
};

/**
 * Starts a process whose command line is `words`: an interpreter, the script's name and its arguments, as
 * `python3 /…/jupyter-lab --ip=0.0.0.0` is what the kernel knows of a script that is called by its name.
 */
export async function startProgram(
  scratch: Scratch,
  fake: Fake,
  [interpreter = "", name = "", ...args]: readonly string[],
  {
    title,
    host = "127.0.0.1",
    worker = false,
    uid,
    ignores = [],
    folder,
    contained = false,
    script = "",
  }: ProgramOptions = {},
): Promise<Program> {
  const file = scratch.file(name);
  writeFileSync(file, `${script}\n${source}`);
  const env = { ...process.env, FAKE: JSON.stringify({ fake, title, host, worker, ignores }) };
  const stdio: ["pipe", "pipe", "inherit"] = ["pipe", "pipe", "inherit"];
  if (contained) symlinkSync(process.execPath, scratch.file(interpreter));
  const command = contained ? ["unshare", "-m", scratch.file(interpreter)] : [process.execPath];
  const [program = "", ...before] = command;
  const child = spawn(program, [...before, file, ...args], {
    ...(!contained && { argv0: interpreter }),
    env,
    stdio,
    ...(uid !== undefined && { uid }),
    ...(folder !== undefined && { cwd: folder }),
  });
  const gone = once(child, "close");
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  return {
    port: Number(line),
    pid: child.pid ?? 0,
    async close() {
      // Its end of the input tells the worker, too, that it is over.
      child.stdin.end();
      await gone;
    },
  };
}

const source = `
const { fake, title, host, worker, ignores = [] } = JSON.parse(process.env.FAKE);
for (const signal of ignores) process.on(signal, () => {});
if (title !== undefined) process.title = title;
process.stdin.on("end", () => process.exit()).resume();
if (worker) {
  const env = { ...process.env, FAKE: JSON.stringify({ fake, host }) };
  require("node:child_process").spawn(process.execPath, [__filename, "worker"], { argv0: process.argv0, env, stdio: "inherit" });
} else {
  const server = require("node:http").createServer((request, response) => {
    const { status = 200, body = "", headers = {} } = fake[request.url.split("?")[0]] ?? { status: 404 };
    response.writeHead(status, headers).end(body);
  });
  server.listen(0, host, () => console.log(server.address().port));
}
`;
