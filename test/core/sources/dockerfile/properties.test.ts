import assert from "node:assert/strict";
import fc from "fast-check";
import { dockerfile } from "../../../../src/core/sources/dockerfile/dockerfile.ts";
import { applyEdits, type Edit } from "../../../../src/core/text.ts";
import { fixtures, imageOf, shown, workspaceOf } from "./reading.ts";

/** Everything that can be asked of a Dockerfile. */
function exercise(text: string): void {
  const workspace = workspaceOf({ Dockerfile: text, "start.sh": "" });
  const opened = dockerfile.open({ path: "Dockerfile", text }, workspace);
  for (const { words, env, files, scripts } of opened.invocations()) {
    for (const { edit } of [...words, ...[...env.values()].map(({ value }) => value)]) {
      for (const edits of [edit.replace("x"), edit.remove(), edit.after(["x"])]) applyEdits(text, edits ?? []);
    }
    files?.("/start.sh");
    scripts?.("start.sh");
  }
  for (const place of [...opened.links(), ...opened.comments(), ...opened.blocks(), ...opened.limits()])
    assert.ok(place);
}

describe("reading a Dockerfile", () => {
  for (const { name, text } of fixtures) {
    it(`takes every beginning of ${name}`, () => {
      for (let end = 0; end <= text.length; end += 1) exercise(text.slice(0, end));
    });
  }

  it("takes any text", () => {
    const token = fc.constantFrom(
      ...[
        "FROM a AS b\n",
        "ENV ",
        "CMD ",
        "COPY --from=b ",
        "ARG ",
        "RUN <<E\n",
        "E\n",
        "USER ",
        "ONBUILD ",
        "WORKDIR ",
      ],
      ...[
        "\\",
        "\\\n",
        "`\n",
        "\n",
        "\r\n",
        " ",
        "\t",
        "#",
        '"',
        "'",
        "$A",
        "${A:-",
        "}",
        "A=",
        "[",
        "]",
        ",",
        "/",
        "..",
        "*",
      ],
      ...["# escape=`\n", "\uFEFF", "😀", "\u0000", "__proto__", "0"],
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 40 }), (tokens) => exercise(tokens.join(""))),
      { numRuns: 500 },
    );
  });
});

/** Some of the indexes of a list, and the others; not the first two together, of which one waits for the next pass. */
function choice<T>(items: readonly T[], picks: readonly boolean[]) {
  const isPicked = (index: number) => picks[index] === true && !(index === 1 && picks[0] === true);
  const gone = items.flatMap((_, index) => (isPicked(index) ? [index] : []));
  return { gone, rest: items.filter((_, index) => !isPicked(index)) };
}

const picks = fc.array(fc.boolean(), { minLength: 8, maxLength: 8 });
const space = fc.constantFrom(" ", "  ", "\t", " \\\n  ", " \\\n # it's a comment\n\n ", "\\\r\n ");

describe("taking words out", () => {
  it("leaves the others of an array", () => {
    const words = fc.array(fc.string({ maxLength: 4 }), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(words, space, picks, (strings, gap, picked) => {
        const text = `FROM a\nCMD [${strings.map((word) => JSON.stringify(word)).join(`${gap},${gap}`)}]\n`;
        const command = imageOf(text)?.command ?? [];
        assert.deepEqual(command.map(shown), strings);
        const { gone, rest } = choice(strings, picked);
        const edits = gone.flatMap((index): Edit[] => command[index]?.edit.remove() ?? []);
        assert.deepEqual(imageOf(applyEdits(text, edits))?.command?.map(shown), rest);
      }),
    );
  });

  it("leaves the other pairs of an ENV", () => {
    const value = fc.constantFrom("1", "", '"a b"', "'#'", "\\$x", "${X:-y}", '""');
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 8 }), space, picks, (values, gap, picked) => {
        const pairs = values.map((text, index) => `V${index}=${text}`);
        const text = `FROM a\nENV ${pairs.join(gap)}\nCMD x\n`;
        const entries = (file: string) =>
          [...(imageOf(file)?.env ?? [])].map(([name, variable]) => `${name}=${shown(variable.value)}`);
        const before = entries(text);
        assert.equal(before.length, values.length);
        const { gone, rest } = choice(before, picked);
        const edits = gone.flatMap((index) => imageOf(text)?.env.get(`V${index}`)?.value.edit.remove() ?? []);
        const after = applyEdits(text, edits);
        assert.deepEqual(entries(after), rest);
        assert.ok(after.endsWith("\nCMD x\n"));
      }),
    );
  });
});
