import assert from "node:assert/strict";
import * as fc from "fast-check";
import { sliceWord } from "../../../../src/core/word.ts";
import { edited, placesOf, wordNamed } from "../following.ts";
import { fixtures, made, path } from "./reading.ts";

/** A makefile, a word of a command in it, and the makefile after an edit of that word. */
const removals: [text: string, word: string, without: string | undefined][] = [
  ["s:\n\tjupyter lab --ip=x --y\n", "--ip=x", "s:\n\tjupyter lab --y\n"],
  ["s:\n\tjupyter lab \\\n\t  --ip=x \\\n\t  --y\n", "--ip=x", "s:\n\tjupyter lab \\\n\t  --y\n"],
  ["s:\r\n\tjupyter lab \\\r\n\t--ip=x \\\r\n\t--y\r\n", "--ip=x", "s:\r\n\tjupyter lab \\\r\n\t--y\r\n"],
  ["O = --a --ip=x --b\ns:\n\tjupyter $(O)\n", "--ip=x", "O = --a --b\ns:\n\tjupyter $(O)\n"],
  ["O = --a \\\n  --ip=x \\\n  --b\ns:\n\tjupyter $(O)\n", "--ip=x", "O = --a \\\n  --b\ns:\n\tjupyter $(O)\n"],
  ["H = x\ns:\n\tjupyter --ip=$(H)\n", "--ip=x", undefined],
  ["s: ; jupyter --ip=x\n", "--ip=x", "s: ; jupyter\n"],
];

const replacements: [text: string, word: string, from: number, replaced: string][] = [
  ["s:\n\tjupyter --ip=x\n", "--ip=x", 5, "s:\n\tjupyter --ip=NEW\n"],
  ["H = x # why\ns:\n\tjupyter --ip=$(H)\n", "--ip=x", 5, "H = NEW # why\ns:\n\tjupyter --ip=$(H)\n"],
  ["s:\n\tjupyter --ip=$(H)\nH = x\n", "--ip=x", 5, "s:\n\tjupyter --ip=$(H)\nH = NEW\n"],
  ["s: H := x\ns:\n\tjupyter --ip '$(H)'\n", "x", 0, "s: H := NEW\ns:\n\tjupyter --ip '$(H)'\n"],
  ["s:\n\tH=x; jupyter --ip=$$H\n", "--ip=x", 5, "s:\n\tH=NEW; jupyter --ip=$$H\n"],
];

describe("makefiles: edits of words", () => {
  for (const [text, name, without] of removals) {
    it(`takes ${name} out of ${JSON.stringify(text)}`, () => {
      assert.equal(edited(text, wordNamed(made(text), name)?.edit.remove()), without);
    });
  }
  for (const [text, name, from, replaced] of replacements) {
    it(`replaces ${name} from ${from} in ${JSON.stringify(text)}`, () => {
      const word = wordNamed(made(text), name);
      assert.ok(word);
      assert.equal(edited(text, sliceWord(word, from).edit.replace("NEW")), replaced);
    });
  }
  it("adds words where the word before them is written", () => {
    const text = "s:\n\tjupyter lab # a\n";
    assert.equal(
      edited(text, wordNamed(made(text), "lab")?.edit.after(["--a=b", "c"])),
      "s:\n\tjupyter lab --a=b c # a\n",
    );
  });
  it("takes an exported variable out with its line, and replaces its value in place", () => {
    const text = "export T = x\ns:\n\tjupyter lab\n";
    const value = made(text).commands[0]?.env.get("T")?.value;
    assert.equal(edited(text, value?.edit.remove()), "s:\n\tjupyter lab\n");
    assert.equal(edited(text, value?.edit.replace("NEW")), "export T = NEW\ns:\n\tjupyter lab\n");
  });
});

describe("makefiles: whatever the text", () => {
  const holds = (text: string, args = "") => {
    for (const at of placesOf(made(text, args))) {
      if (at.path === path) assert.ok(0 <= at.start && at.start <= at.end && at.end <= text.length, JSON.stringify(at));
    }
  };
  for (const { name, text, args } of fixtures) {
    it(`reads every beginning of ${name}`, () => {
      for (let end = 0; end <= text.length; end++) holds(text.slice(0, end), args);
    });
  }

  const parts = [
    ..."a b: c :: ; = := ::= ?= += != # \\ \\# $ $$ $( ) ${ } $(A) $(a) $@ $< $^ % | @ - + & && jupyter lab --ip=0.0.0.0".split(
      " ",
    ),
    ..."export unexport override define endef ifeq ifneq ifdef ifndef else endif ( , \" ' include undefine".split(" "),
    ...".RECIPEPREFIX .ONESHELL: .DEFAULT_GOAL $(MAKE) make $(shell A".split(" "),
    ...[
      "\n",
      "\n",
      "\n\t",
      "\n\t",
      "\\\n",
      "\r\n",
      "\t",
      " ",
      "\uE000",
      "😀",
      "\0",
      "\uFEFF",
      "a:\n\t",
      "A = $(B)$(B)\n",
      "B = $(A)\n",
    ],
  ];
  const chosen = fc.array(fc.constantFrom(...parts), { maxLength: 40 });
  const texts = fc.oneof(
    chosen.map((list) => list.join("")),
    chosen.map((list) => list.join(" ")),
    fc.string({ unit: "binary" }),
  );
  it("never throws, and never points outside of it", () => {
    return fc.assert(
      fc.property(texts, (text) => holds(text)),
      { numRuns: 1500 },
    );
  });

  const towers: [name: string, text: string][] = [
    ["references in references", `A=${"$(".repeat(50_000)}\na:\n\techo $(A)\n`],
    ["references that are not closed", `a:\n\techo ${"$(A ".repeat(20_000)}\n`],
    [
      "variables that double",
      `${Array.from({ length: 60 }, (_, n) => `A${n} = $(A${n + 1})$(A${n + 1})\n`).join("")}a:\n\techo $(A0)\n`,
    ],
    ["a variable added to", `${"A += x\n".repeat(15_000)}a:\n\techo $(A)\n`],
    ["a long recipe line", `a:\n\tjupyter ${"\\\n\t--a=$(B) ".repeat(8_000)}\n`],
    [
      "targets that need each other",
      `${Array.from({ length: 3000 }, (_, n) => `a${n}: a${n + 1}\n\techo\n`).join("")}`,
    ],
    [
      "recipes that call make",
      `${Array.from({ length: 9 }, (_, n) => `a${n}:\n${`\t$(MAKE) a${n + 1}\n`.repeat(9)}`).join("")}`,
    ],
    ["conditionals in conditionals", `${"ifdef A\n".repeat(10_000)}a:\n\techo\n`],
    ["many rules for one target", `${"a: b\n".repeat(20_000)}\techo\n`],
  ];
  for (const [name, text] of towers) {
    it(`answers in time to ${name}`, () => {
      const start = performance.now();
      holds(text);
      const took = performance.now() - start;
      assert.ok(took < 2000, `${took} ms`);
      if (process.env["TIMES"]) console.log(name, text.length, Math.round(took));
    });
  }
});
