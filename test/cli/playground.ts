import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Disk, nodeDisk } from "../../src/cli/disk.ts";
import { run } from "../../src/cli/run.ts";
import type { Engine } from "../../src/cli/world.ts";
import type { Finding, Fix } from "../../src/core/finding.ts";
import { message } from "../../src/core/message.ts";

export type Files = Readonly<Record<string, string | Uint8Array>>;

export type Options = {
  /** Where the user is, relative to the folder of the files. */
  cwd?: string;
  env?: Record<string, string>;
  stdin?: string | Uint8Array;
  terminal?: { columns: number };
  disk?: Partial<Disk>;
  engine?: Partial<Engine>;
};

/** A folder with files, and the command line run in it. */
export type Playground = {
  readonly folder: string;
  run(argv: readonly string[], options?: Options): Promise<{ code: number; out: string; err: string }>;
};

const folders: string[] = [];

/** Makes a folder that `clearPlaygrounds` takes away. */
export function playground(files: Files): Playground {
  const folder = mkdtempSync(join(tmpdir(), "launch-guard-"));
  folders.push(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return {
    folder,
    async run(argv, { cwd = ".", env = {}, stdin = "", terminal, disk, engine } = {}) {
      const written = { out: "", err: "" };
      const code = await run(argv, {
        cwd: join(folder, cwd),
        env,
        stdout: { write: (text) => (written.out += text), ...(terminal && { isTTY: true, ...terminal }) },
        stderr: { write: (text) => (written.err += text) },
        readStdin: () => Promise.resolve(Buffer.from(stdin)),
        disk: { ...nodeDisk, ...disk },
        engine: { ...simpleEngine, ...engine },
      });
      return { code, ...written };
    },
  };
}

export function clearPlaygrounds(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/**
 * An engine that the tests can foresee. It reads `*.sh`, `Dockerfile` and what begins with `#!`; it warns of
 * `0.0.0.0` and can fix it, calls `--allow-root` an error and `EXPOSE` information, and knows a secret.
 * `# leads to FILE` is a link.
 */
export const simpleEngine: Engine = {
  isReadable: (path, text = "") => /(\.sh|Dockerfile)$/.test(path) || text.startsWith("#!"),
  mayBeReadable: (path) => /(\.sh|Dockerfile)$/.test(path) || !path.slice(path.lastIndexOf("/") + 1).includes("."),
  linksOf: (path, { read }) => Array.from(read(path)?.matchAll(/# leads to (\S+)/g) ?? [], ([, file = ""]) => file),
  lint(path, { read, referrers }) {
    const text = read(path) ?? "";
    const seenFrom = referrers(path).map((from) => ({
      at: { path: from, start: 0, end: 1 },
      message: message("It is started here."),
    }));
    return Array.from(text.matchAll(/0\.0\.0\.0|--allow-root|EXPOSE|sesame/g), (match) => {
      const at = { path, start: match.index, end: match.index + match[0].length };
      return { ...base, ...dangers[match[0]], at, related: seenFrom, fixes: fixesFor(match[0], at) };
    });
  },
};

const base: Omit<Finding, "at" | "related" | "fixes"> = {
  rule: "public-bind",
  tool: "jupyter",
  message: message("{tool} listens everywhere.", { tool: "Jupyter" }),
  severity: "warning",
  confidence: "high",
  why: [],
  cves: [],
};

const dangers: Record<string, Partial<Finding>> = {
  "--allow-root": { rule: "run-as-root", severity: "error", message: message("Jupyter runs as root.") },
  EXPOSE: { rule: "dev-mode", severity: "info", message: message("A port is mentioned.") },
  sesame: { rule: "hardcoded-secret", message: message("Everyone can read the token.") },
};

function fixesFor(word: string, at: Finding["at"]): Fix[] {
  if (word === "0.0.0.0") {
    return [{ title: message("Listen on this machine only"), edits: [{ ...at, text: "127.0.0.1" }], safe: true }];
  }
  if (word !== "--allow-root") return [];
  return [{ title: message("Do not run as root"), edits: [{ ...at, text: "" }], safe: false }];
}
