import assert from "node:assert/strict";
import { makeCall } from "../../../../src/core/sources/makefile/request.ts";
import { shown } from "../following.ts";
import { typed } from "./reading.ts";

/** What is typed behind `make`: targets, variables, folders, files. */
const calls: [line: string, said: string][] = [
  ["", "|||"],
  ["serve", "serve|||"],
  ["a b HOST=0.0.0.0 PORT:=1 EMPTY=", "a b|HOST=0.0.0.0 PORT=1 EMPTY=''||"],
  ["-C sub -C deeper serve", "serve||sub deeper|"],
  ["-Csub --directory=x --directory y s", "s||sub x y|"],
  ["-f Other.mk -fMore.mk --file=x --makefile y s", "s|||Other.mk More.mk x y"],
  ["-j 4 a", "a|||"],
  ["-j4 -kj 4 a -j b -j8", "a b|||"],
  ["-Otarget -l 2 -I inc -o old -W new a", "a|||"],
  ["-sC sub a", "a||sub|"],
  ["-k -B --no-print-directory -- -x a", "-x a|||"],
  ["--what-if f --eval 'x: ; y' a", "a|||"],
];

describe("makefiles: the command line", () => {
  for (const [line, said] of calls) {
    it(`make ${line}`, () => {
      const call = makeCall(typed(line));
      assert.ok(call);
      const { targets, variables, folders, files } = call;
      const given = [...variables].map(([name, value]) => `${name}=${shown(value)}`);
      assert.equal(
        [targets, given, folders.map(shown), files.map(shown)].map((list) => list.join(" ")).join("|"),
        said,
      );
    });
  }
  it("runs nothing where make only shows something", () => {
    for (const line of ["-n a", "-kn", "--dry-run a", "--just-print", "-q a", "-p", "--version", "-h"]) {
      assert.equal(makeCall(typed(line)), undefined, line);
    }
  });
});
