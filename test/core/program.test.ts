import assert from "node:assert/strict";
import { programOf } from "../../src/core/program.ts";

const names: [typed: string, name: string | undefined][] = [
  ["jupyter-lab", "jupyter-lab"],
  ["/usr/bin/jupyter", "jupyter"],
  ["C:\\py\\Scripts\\jupyter-lab.exe", "jupyter-lab"],
  ["venv\\Scripts\\mlflow.CMD", "mlflow"],
  [".\\start.bat", "start"],
  ["C:/py/python.exe", "python"],
  ["C:\\py\\", undefined],
];

describe("the name of a program", () => {
  for (const [typed, name] of names) {
    it(`of ${typed} is ${name ?? "not known"}`, () => assert.equal(programOf({ pieces: [{ text: typed }] }), name));
  }
});
