import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Invocation, Ports, Publish } from "../../../../src/core/invocation.ts";
import { compose } from "../../../../src/core/sources/compose/compose.ts";
import type { Workspace } from "../../../../src/core/sources/source.ts";
import { type Place, positions } from "../../../../src/core/text.ts";
import { isKnown, origin, type Word } from "../../../../src/core/word.ts";

export const folder = join(process.cwd(), "test", "fixtures", "compose");

/** The compose files of the fixtures, by their path in that folder. */
export const fixtures: readonly string[] = [
  ...readdirSync(folder).filter((name) => name.endsWith(".yaml")),
  "project/compose.yaml",
];

export const onDisk: Workspace = {
  read: (path) => (existsSync(join(folder, path)) ? readFileSync(join(folder, path), "utf8") : undefined),
  referrers: () => [],
};

export function workspaceOf(files: Readonly<Record<string, string>>): Workspace {
  return { read: (path) => files[path], referrers: () => [] };
}

export function invocationsIn(text: string, files: Readonly<Record<string, string>> = {}): readonly Invocation[] {
  const path = "compose.yaml";
  return compose.open({ path, text }, workspaceOf({ ...files, [path]: text })).invocations();
}

export function shown({ pieces }: Pick<Word, "pieces">): string {
  return pieces.map((piece) => (isKnown(piece) ? piece.text : `?${piece.unknown}`)).join("");
}

/** Everything that is read from a file, each with the place it stands at: `line:column «source»`. */
export function summary(path: string, workspace: Workspace): string {
  const opened = compose.open({ path, text: workspace.read(path) ?? "" }, workspace);
  const where = whereIn(path, workspace);
  const list = (title: string, items: readonly string[]) => (items.length > 0 ? [`${title}: ${items.join(", ")}`] : []);
  const lines = [
    ...opened.invocations().flatMap((invocation) => [...invocationLines(invocation, where), ""]),
    ...list("links", opened.links()),
    ...list("comments", opened.comments().map(where)),
    ...list(
      "limits",
      opened.limits().map(({ what }) => what),
    ),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

type Where = (place: Place) => string;

function whereIn(file: string, workspace: Workspace): Where {
  return ({ path, start, end }) => {
    const text = workspace.read(path) ?? "";
    const { line, column } = positions(text)(start);
    return `${path === file ? "" : `${path}:`}${line}:${column} ${JSON.stringify(text.slice(start, end)).slice(1, -1)}`;
  };
}

function invocationLines(invocation: Invocation, where: Where): string[] {
  const { image, words, env, user, runs } = invocation;
  const at = (word: Word) => `${shown(word)} « ${where(origin(word))} »`;
  return [
    `${where(invocation.at).split(/(?<=:)(?=\\|$| )/)[0]}${invocation.because.length > 0 ? " (leads on)" : ""}`,
    ...(image ? [`  image ${at(image)}`] : []),
    ...(invocation.usesImageEntrypoint ? ["  the image's entrypoint"] : []),
    ...(invocation.usesImageCommand ? ["  the image's command"] : []),
    ...words.map((word) => `  word ${at(word)}`),
    ...[...env.values()].map(({ name, value, at: pair }) => `  ${name} = ${at(value)} in ${where(pair)}`),
    ...(user.word ? [`  user ${user.value} ${at(user.word)}`] : []),
    ...(runs.hostNetwork ? [`  host network ${at(runs.hostNetwork)}`] : []),
    ...(runs.privileged ? [`  privileged ${at(runs.privileged)}`] : []),
    ...(runs.publishes === "unknown"
      ? ["  publishes unknown"]
      : runs.publishes.map((publish) => publishLine(publish, where))),
  ];
}

function publishLine({ word, address, host, container, protocol }: Publish, where: Where): string {
  return `  publishes ${address} ${range(host)}:${range(container)}/${protocol} « ${where(word.at)} »`;
}

function range(ports: Ports): string {
  return ports ? (ports.from === ports.to ? String(ports.from) : `${ports.from}-${ports.to}`) : "?";
}
