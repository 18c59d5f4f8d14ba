import assert from "node:assert/strict";
import { globs } from "../../src/core/globs.ts";
import { isReadable } from "../../src/core/lint.ts";
import { candidateNames } from "../../src/editor/candidates.ts";
import { gitIgnored } from "../../src/editor/git-ignored.ts";

describe("the names that the editor searches for", () => {
  const isSearched = globs(candidateNames);
  const names = [
    ...[
      "Dockerfile",
      "dockerfile",
      "Dockerfile.gpu",
      "gpu.Dockerfile",
      "gpu.dockerfile",
      "Containerfile",
      "x/Dockerfile",
    ],
    ...["compose.yaml", "compose.yml", "compose.dev.yaml", "docker-compose.yml", "docker-compose.override.yaml"],
    ...[".env", ".env.local", "prod.env", "deploy/.env"],
    ...["run.sh", "run.bash", "run.zsh", "run.ksh", ".bashrc", ".zshrc", ".profile", ".envrc"],
    ...["README.md", "values.yaml", "app.py", "Makefile", "environment.yml", "notes.env.txt", ".dockerignore"],
  ];
  for (const name of names)
    it(`${isReadable(name) ? "have" : "do not have"} ${name} among them, as the engine wants it`, () =>
      assert.equal(isSearched(name) === "ignored", isReadable(name)));
});

describe("what git ignores", () => {
  const files: Readonly<Record<string, string>> = {
    ".gitignore": "*.log\n/build/\nsecret*\n!secret.example\n",
    "sub/.gitignore": "!kept.log\nlocal\n",
    "build/.gitignore": "!*\n",
  };
  const isIgnored = gitIgnored((path) => files[path]);
  const cases: Readonly<Record<string, boolean>> = {
    "a.log": true,
    "sub/a.log": true,
    "sub/kept.log": false,
    "sub/local/run.sh": true,
    "local/run.sh": false,
    "build/run.sh": true,
    "sub/build/run.sh": false,
    "secret.env": true,
    "secret.example": false,
    "run.sh": false,
  };
  for (const [path, expected] of Object.entries(cases))
    it(`${expected ? "covers" : "leaves"} ${path}`, () => assert.equal(isIgnored(path), expected));
});
