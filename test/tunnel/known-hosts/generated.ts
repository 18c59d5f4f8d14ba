import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import type { KnownHost } from "../../../src/tunnel/known-hosts/judge.ts";
import { fingerprintOf, keyTypeOf } from "../../../src/tunnel/known-hosts/key-blob.ts";
import { bareNameOf, hashedName, identityOf } from "../../../src/tunnel/known-hosts/names.ts";
import type { KnownKey, Verdict } from "../../../src/tunnel/known-hosts/verdict.ts";
import { makeKey, type Scratch } from "../scratch.ts";

/** One question to the known_hosts files. */
export type Case = { readonly host: KnownHost; readonly key: Buffer };

/** A key of any type: Ed25519 takes any 32 bytes; a point of a curve has to be on it. */
export function makeKeys(scratch: Scratch): Buffer[] {
  const made = ["ecdsa", "ecdsa", "rsa"].map((type, index) => {
    const { publicFile } = makeKey(scratch.file(`key-${index}`), { type, bits: type === "rsa" ? "1024" : "" });
    return Buffer.from(readFileSync(publicFile, "utf8").split(" ")[1] ?? "", "base64");
  });
  return [ed25519(1), ed25519(2), ed25519(3), ...made];
}

export function ed25519(seed: number): Buffer {
  return Buffer.concat([sshString(Buffer.from("ssh-ed25519")), sshString(Buffer.alloc(32, seed))]);
}

function sshString(text: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  return Buffer.concat([length, text]);
}

/** Writes files of odd and ordinary lines, and asks each pair of them about many hosts and keys. */
export function generate(scratch: Scratch, keys: readonly Buffer[], pairs: number, perPair: number): Case[] {
  const random = randomFrom(20261122);
  const pick = <T>(items: readonly T[]): T => {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) throw new Error("nothing to pick from");
    return item;
  };
  return Array.from({ length: pairs }, (_, pair) => {
    const files = ["user", "global"].map((name) => scratch.file(`${name}-${pair}`));
    for (const file of files) {
      const lines = Array.from({ length: 6 + Math.floor(random() * 10) }, () => lineOf(pick, keys));
      writeFileSync(file, lines.join(pick(["\n", "\n", "\r\n"])) + pick(["", "\n"]), "latin1");
    }
    const [user = "", global = ""] = files;
    // A few hosts for each pair of files, as every further name costs two runs of ssh-keygen.
    const hosts = Array.from({ length: 12 }, () => hostOf(pick, user, global));
    return Array.from({ length: perPair }, () => ({ host: pick(hosts), key: pick(keys) }));
  }).flat();
}

type Pick = <T>(items: readonly T[]) => T;

const addresses = [
  "gpu",
  "GPU",
  "gpu.example.org",
  "bad.example.org",
  "10.0.0.7",
  "::1",
  "other",
  "gpü",
  "a".repeat(40),
];
const ports = [22, 22, 2222, 2200];
const aliases = ["lab", "Lab", "gpu"];

function hostOf(pick: Pick, user: string, global: string): KnownHost {
  const base = {
    hostname: pick(addresses),
    port: pick(ports),
    userKnownHostsFiles: [user],
    globalKnownHostsFiles: [global],
  };
  return pick([true, false, false, false]) ? { ...base, hostKeyAlias: pick(aliases) } : base;
}

const patterns = [
  ...[
    "gpu",
    "GPU",
    "Gpu.Example.ORG",
    "*.example.org",
    "*.example.org,!bad.*",
    "!bad.example.org,*",
    "g?u",
    "gp??",
    "gp?",
  ],
  ...["10.0.0.*", "::1", "lab", "L?b", "[*]:2222", "[gpu]:2222", "[GPU.example.org]:2222", "[*.example.org]:22*", "*"],
  ...[
    "gpu,,other",
    ",gpu",
    "!gpu",
    "!*",
    "!",
    "**g*u*",
    "*a*a*a*a*b",
    "other,!other",
    "[gpu]:22",
    `${"x".repeat(1100)},gpu`,
  ],
  ...["|1|", "|1|AAAA|AAAA", "|2|a|b", "|", "gpu|lab", "g[p]u", "gpu\u00c3\u00bc", "gp\u00c3\u00bc"],
];

function namesOf(pick: Pick): string {
  if (pick([true, true, false])) return pick(patterns);
  const [hostname, port] = [pick(addresses), pick(ports)];
  const name = pick([identityOf({ hostname, port }), hostname, pick(aliases)]);
  const hashed = hashedName(name, Buffer.alloc(20, name.length));
  return pick([hashed, hashed, hashed, `${hashed}=`, hashed.slice(0, -2), `${hashed},gpu`]);
}

function lineOf(pick: Pick, keys: readonly Buffer[]): string {
  const key = pick(keys);
  const [type = "", base64] = [keyTypeOf(key), key.toString("base64")];
  const marker = pick([
    ...["", "", "", "", "", "", "@revoked ", "@revoked  ", "@cert-authority ", "@cert-authority "],
    ...["@revoked\t", "@Revoked ", "@revoked @revoked ", "@", "@ ", " ", "\t", "# "],
  ]);
  const space = pick([" ", " ", " ", "\t", "  "]);
  const written = pick([
    ...Array.from({ length: 8 }, () => `${type}${space}${base64}`),
    `${type}${space}${base64} a comment`,
    `ssh-rsa${space}${base64}`,
    `${type}${space}${base64.slice(0, -3)}`,
    `${type}${space}${base64.slice(0, 40)}`,
    `${type}${space}${base64.replace(/.$/, "-")}`,
    `${type}${space}${base64}=`,
    `${type}${space}`,
    `1024 35 ${"7".repeat(30)}`,
    `#${type} ${base64}`,
    `${type} ${base64}\0rest`,
    `${type}\0 ${base64}`,
    "",
  ]);
  return `${marker}${namesOf(pick)}${space}${written}`;
}

/** Mulberry32: the same cases at every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

type Found = KnownKey & { readonly marker: string };

/** What the verdicts must be, from what `ssh-keygen -l -F` finds. */
export function verdictsOfKeygen(cases: readonly Case[]): Verdict[] {
  const questions = cases.flatMap(({ host }) => questionsOf(host));
  const answers = askKeygen([...new Map(questions.map((question) => [keyOf(question), question])).values()]);
  const found = (host: KnownHost, name: string | undefined) =>
    questionsOf(host)
      .filter((question) => question.name === name)
      .flatMap((question) => answers.get(keyOf(question)) ?? []);
  return cases.map(({ host, key }) => verdictOf(found(host, identityOf(host)), found(host, bareNameOf(host)), key));
}

type Question = { readonly file: string; readonly name: string };

function questionsOf(host: KnownHost): Question[] {
  const names = [identityOf(host), bareNameOf(host)].filter((name) => name !== undefined);
  return names.flatMap((name) =>
    [...host.userKnownHostsFiles, ...host.globalKnownHostsFiles].map((file) => ({ file, name })),
  );
}

function keyOf({ file, name }: Question): string {
  return `${file} ${name}`;
}

/** One shell for all, as starting a process from here takes longer than the answer. */
function askKeygen(questions: readonly Question[]): Map<string, Found[]> {
  const script = questions.map(({ file, name }, at) => `echo == ${at}; ssh-keygen -l -F '${name}' -f '${file}'`);
  const input = Buffer.from(`${script.join("\n")}\n:\n`);
  const output = execFileSync("sh", ["-s"], { input, stdio: "pipe", maxBuffer: 2 ** 26 }).toString("latin1");
  const answers = new Map<string, Found[]>();
  for (const answer of output.split(/^== /m).slice(1)) {
    const question = questions[Number.parseInt(answer, 10)];
    if (question) answers.set(keyOf(question), foundIn(answer, question.file));
  }
  return answers;
}

function foundIn(answer: string, file: string): Found[] {
  const pairs = answer.matchAll(/^# Host .* found: line (\d+) (CA|REVOKED)?\n\S+ \S+ (SHA256:\S+)/gm);
  return [...pairs].map(([, line, marker = "", fingerprint = ""]) => {
    const text = readFileSync(file, "latin1").split("\n")[Number(line) - 1] ?? "";
    const keyType = /(?:ssh|ecdsa)-[\w-]+(?=\s+AAAA)/.exec(text)?.[0] ?? "";
    return { file, line: Number(line), keyType, fingerprint, marker };
  });
}

/** The rules, written down a second time and over fingerprints. */
function verdictOf(entries: readonly Found[], bare: readonly Found[], key: Buffer): Verdict {
  const shown = fingerprintOf(key);
  const known = ({ marker: _, ...rest }: Found): KnownKey => rest;
  const revoked = [...entries, ...bare].find((entry) => entry.marker === "REVOKED" && entry.fingerprint === shown);
  if (revoked) return { verdict: "revoked", known: known(revoked) };
  const plain = entries.filter(({ marker }) => marker === "");
  const candidates = plain.length > 0 ? plain : bare.filter(({ marker }) => marker === "");
  const match = candidates.find(({ fingerprint }) => fingerprint === shown);
  if (match) return { verdict: "match", known: known(match) };
  const sameType = plain.filter(({ keyType }) => keyType === keyTypeOf(key));
  if (sameType.length > 0) return { verdict: "changed", known: sameType.map(known) };
  if (plain.length > 0) return { verdict: "other-type", known: plain.map(known) };
  const authority = entries.find(({ marker }) => marker === "CA");
  return authority ? { verdict: "authority-only", known: known(authority) } : { verdict: "unknown" };
}
