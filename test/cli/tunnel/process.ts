import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";

/** The built command line as a process of its own, whose output can be waited for. */
export type Running = {
  readonly child: ChildProcess;
  /** Everything it has printed so far. */
  out(): string;
  err(): string;
  /** Waits for text after what was waited for before; rejects when the process ends without it. */
  until(text: RegExp): Promise<RegExpExecArray>;
  type(text: string): void;
  /** The exit code, when everything is printed. */
  ended(): Promise<number | null>;
};

/** Without a terminal, also without the one that the tests may run on. */
export function runAlone(argv: readonly string[], env: NodeJS.ProcessEnv): Running {
  return running(spawn(process.execPath, [cli, ...argv], { env, detached: true, stdio: ["ignore", "pipe", "pipe"] }));
}

/** On a terminal of its own; says `echo` or `-echo` of it at the end. */
export function runOnTerminal(argv: readonly string[], env: NodeJS.ProcessEnv): Running {
  // A shell that Ctrl-C has ended could not tell the exit code.
  const script = `trap : INT; "$0" "$@"; code=$?; stty -a | grep -o -- '-\\{0,1\\}echo '; exit $code`;
  const terminal = resolve(process.env["LAUNCH_GUARD_SOURCE"] ?? ".", "test/cli/tunnel/terminal.py");
  return running(
    spawn("python3", [terminal, "sh", "-c", script, process.execPath, cli, ...argv], { env, stdio: "pipe" }),
  );
}

const cli = resolve("dist/cli.js");

function running(child: ChildProcess): Running {
  const written = { out: "", err: "" };
  let seen = 0;
  let onChange: () => void = () => undefined;
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    written.out += text;
    onChange();
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    written.err += text;
  });
  const ended = once(child, "close").then(() => child.exitCode);

  return {
    child,
    out: () => written.out,
    err: () => written.err,
    type: (text) => child.stdin?.write(text),
    ended: () => ended,
    until: (text) =>
      new Promise((done, reject) => {
        onChange = () => {
          const found = text.exec(written.out.slice(seen));
          if (!found) return;
          seen += found.index + found[0].length;
          onChange = () => undefined;
          done(found);
        };
        onChange();
        void ended.then((code) =>
          reject(new Error(`ended with ${code} before ${text}:\n${written.out}\n${written.err}`)),
        );
      }),
  };
}
