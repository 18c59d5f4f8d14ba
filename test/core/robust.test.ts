import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { linksOf, lint } from "../../src/core/lint.ts";
import { applyEdits } from "../../src/core/text.ts";
import { findingsIn, workspaceOf } from "./check.ts";

/** Whatever the text, the engine answers, within its time, and speaks of places that are in the text. */

const kinds = ["launch.sh", "Dockerfile", "compose.yaml", ".env"] as const;

function holds(path: string, text: string): void {
  const workspace = workspaceOf({ [path]: text });
  linksOf(path, workspace);
  for (const { at, fixes } of lint(path, workspace)) {
    assert.ok(0 <= at.start && at.start <= at.end && at.end <= text.length, `${at.start}–${at.end} of ${text.length}`);
    for (const { edits } of fixes)
      assert.ok(edits.every(({ start, end }) => 0 <= start && start <= end && end <= text.length));
  }
}

function fixtures(): [path: string, text: string][] {
  return ["shell", "dockerfile", "compose"].flatMap((kind) => {
    const folder = join("test/fixtures", kind);
    const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
    return files.map(({ name }): [string, string] => [name, readFileSync(join(folder, name), "utf8")]);
  });
}

describe("the whole engine", () => {
  for (const [path, text] of fixtures()) {
    it(`reads ${path} while it is typed`, () => {
      // Each line as it is begun, ended and in between; the sources' own tests go through every character.
      for (const { index } of text.matchAll(/\S(?=\s)|$/g)) holds(path, text.slice(0, index));
    });
  }

  const words = [
    "jupyter lab",
    " --ip=0.0.0.0",
    " --ServerApp.token=''",
    "mlflow server",
    "docker run -p 8888:8888 ",
    "$X",
    "${X:-",
    "}",
    "'",
    '"',
    "\\",
    "\n",
    "\r\n",
    " ",
    "#",
    "<<EOF\n",
    "EOF\n",
    "(",
    ")",
    "services:\n",
    "  a:\n",
    "    image: quay.io/jupyter/base-notebook\n",
    "    ports: ['8888:8888']\n",
    "    command: ",
    "FROM python\n",
    'CMD ["',
    '", "',
    '"]\n',
    "ENV A=",
    "&",
    "*a",
    "&a ",
    "<<: ",
    "{{ x }}",
    "\t",
    "🚀",
    "\u0000",
    "\uFEFF",
    "-",
    "| \n",
    ">\n",
    "if ",
    "fi",
    "$(",
    "`",
  ];

  for (const path of kinds) {
    it(`answers to anything in ${path}`, () => {
      const text = fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 6 })), { maxLength: 40 });
      fc.assert(
        fc.property(text, (parts) => holds(path, parts.join(""))),
        { numRuns: 400 },
      );
    });
  }

  // A function that is called with each of them as an argument would run out of stack.
  it("answers to words and letters without end", () => {
    const many = 200_000;
    holds("launch.sh", `jupyter lab -${"a".repeat(many)}`);
    holds("Dockerfile", `FROM a\nCMD ["jupyter", "lab", "--"${', "a"'.repeat(many)}]\n`);
  });

  it("makes each finding go away by its first fix, in every fixture", () => {
    for (const [path, text] of fixtures()) {
      for (const finding of findingsIn(path, text)) {
        const edits = finding.fixes[0]?.edits.filter((edit) => edit.path === path) ?? [];
        if (edits.length === 0) continue;
        const key = ({ rule, message }: typeof finding) => `${rule} ${message.template}`;
        const count = (source: string) =>
          findingsIn(path, source).filter((other) => key(other) === key(finding)).length;
        assert.ok(count(applyEdits(text, edits)) < count(text), `${path}: ${key(finding)}`);
      }
    }
  });
});
