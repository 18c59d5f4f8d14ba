import assert from "node:assert/strict";
import { verdictOf } from "../../src/core/command/judge.ts";
import { folder, launches } from "../core/command/judging.ts";
import { everyday } from "./everyday.ts";

/** A project with everything that everyday commands may lead to. */
const files = {
  [`${folder}/Makefile`]: "all: test\ntest:\n\tpytest\n",
  [`${folder}/package.json`]: '{ "scripts": { "build": "tsc", "test": "mocha", "lint": "biome" } }',
  [`${folder}/compose.yaml`]: 'services:\n  lab:\n    image: quay.io/jupyter/base-notebook\n    ports: ["8888:8888"]\n',
  [`${folder}/train.py`]: 'import subprocess\nsubprocess.run(["nvidia-smi"])\n',
  [`${folder}/start.sh`]: "jupyter lab --ip=0.0.0.0\n",
};

describe("everyday commands", () => {
  it("are more than two hundred", () => assert.ok(everyday.length > 200, String(everyday.length)));

  for (const shell of ["posix", "fish"] as const)
    it(`stay silent in ${shell}`, () => {
      // fish has no heredocs: there it is three commands.
      const typed = everyday.filter((text) => shell === "posix" || !text.includes("<<"));
      const loud = typed.filter((text) =>
        launches(text, { files, shell }).some((launch) => (verdictOf(launch)?.severity ?? "info") !== "info"),
      );
      assert.deepEqual(loud, []);
    });
});
