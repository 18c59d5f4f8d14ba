/** An engine that any text can steer, at work in the stub of the editor, and what the tests do with the two. */
import { mock } from "node:test";
import * as vscode from "vscode";
import type { Finding } from "../../src/core/finding.ts";
import { message } from "../../src/core/message.ts";
import type { Engine } from "../../src/editor/engine.ts";
import { openLog } from "../../src/editor/log.ts";
import { type Session, startSession } from "../../src/editor/session.ts";
import { editor } from "../stub/editor.ts";
import { Uri } from "../stub/types.ts";

/**
 * Reads `*.demo` and finds each `bad` in it: as information, or as an error where a file that leads here says `open`.
 * A line `to PATH` leads to a file; `at HOST:PORT` says where a server is; with `secret` it is another rule's. The fix deletes the word, which is safe unless the text says `careful`.
 */
export const demoEngine: Engine = {
  isReadable: (path, text = "") => path.endsWith(".demo") || path.endsWith(".sh") || text.startsWith("#!demo"),
  mayBeReadable: (path) => /\.(demo|sh)$/.test(path) || !path.slice(path.lastIndexOf("/") + 1).includes("."),
  linksOf: (path, { read }) => Array.from((read(path) ?? "").matchAll(/^to (\S+)$/gm), ([, to = ""]) => to),
  lint(path, { read, referrers }, config) {
    const text = read(path) ?? "";
    const from = referrers(path).find((referrer) => read(referrer)?.includes("open"));
    const severity = config?.rules["public-bind"] ?? (from ? "error" : "info");
    if (severity === "off") return [];
    return Array.from(text.matchAll(/bad ?/g), (found): Finding => {
      const at = { path, start: found.index, end: found.index + found[0].trimEnd().length };
      return {
        rule: text.includes("secret") ? "hardcoded-secret" : "public-bind",
        tool: "demo",
        at,
        message: message("{what} is bad.", { what: "This" }),
        severity,
        confidence: "high",
        related: from ? [{ at: { path: from, start: 0, end: 4 }, message: message("Opened here.") }] : [],
        ...listensIn(text),
        fixes: [
          {
            title: message("Delete it"),
            edits: [{ ...at, end: at.start + found[0].length, text: "" }],
            safe: !text.includes("careful"),
          },
        ],
        why: [message("Because of `--x_y` and {reason}.", { reason: "![this](http://a_b)" })],
        reference: "https://example.com/bad",
        cves: [{ id: "CVE-2024-1", about: "it is bad", url: "https://example.com/cve" }],
      };
    });
  },
  ignoreEdit({ rule, at }) {
    const text = `# ignore[${rule}] \n`;
    return { edit: { path: at.path, start: 0, end: 0, text }, cursor: text.length - 1 };
  },
  readConfig(text) {
    const broken = text.includes("broken") ? [{ ...message("It is broken."), start: 0, end: 6 }] : [];
    const rules: Record<string, "error"> = text.includes("strict") ? { "public-bind": "error" } : {};
    const exclude = text.includes("without demo") ? ["*.demo"] : [];
    return { config: { rules, exclude, overrides: [], ignores: "allow", tools: [] }, problems: broken };
  },
  rules: [{ id: "public-bind", title: "It is bad" }],
};

function listensIn(text: string): Pick<Finding, "listens"> {
  const [, sshHost, port] = /at (\w*):(\d+)/.exec(text) ?? [];
  return port === undefined ? {} : { listens: { port: Number(port), ...(sshHost && { sshHost }) } };
}

export const root = new Uri("file", "/work");

export function uriOf(path: string): Uri {
  return Uri.joinPath(root, path);
}

/** Starts with a workspace of these files, none of them open. */
export async function start(files: Readonly<Record<string, string>> = {}): Promise<Session> {
  editor.folders = [{ uri: root }];
  editor.documents = [];
  editor.files = new Map(Object.entries(files).map(([path, text]) => [uriOf(path).path, text]));
  editor.settings.clear();
  editor.search = () => Array.from(editor.files.keys(), (path) => new Uri("file", path));
  const session = await startSession(vscode.Uri.parse("file:/extension"), openLog(), async () => demoEngine);
  await settled();
  return session;
}

/** What is shown of a file, as `error 0:4-0:7`. */
export function shown(path: string): string[] {
  return (editor.shown.get(uriOf(path).path) ?? []).map(({ severity, range: { start, end } }) =>
    [["error", "warning", "info"][severity], ` ${start.line}:${start.character}-${end.line}:${end.character}`].join(""),
  );
}

export function open(path: string, text: string, language = "plaintext"): void {
  editor.open(uriOf(path), language, text);
}

/** Lets everything that has been asked of the disk arrive. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
}

export const clock = {
  stop: () => mock.timers.enable({ apis: ["setTimeout"] }),
  pass: (milliseconds: number) => mock.timers.tick(milliseconds),
  goOn: () => mock.timers.reset(),
};
