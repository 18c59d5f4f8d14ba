import assert from "node:assert/strict";
import { chmodSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { environmentOf } from "../../../src/tunnel/environment.ts";
import { type Scratch, scratch } from "../scratch.ts";

describe("the environment", () => {
  let folder: Scratch;

  beforeEach(() => {
    folder = scratch();
  });

  afterEach(() => folder.remove());

  function of(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = "linux") {
    return environmentOf({ env, platform }, "/bundles");
  }

  it("has the account's home, as ssh does, whatever $HOME says", () => {
    assert.equal(of({ HOME: "/elsewhere" }).home, userInfo().homedir);
  });

  it("finds ssh on the PATH, in absolute folders only, and only where it can be run", () => {
    const PATH = `relative:${folder.path}`;
    assert.equal(of({ PATH }).ssh, undefined);
    writeFileSync(folder.file("ssh"), "");
    assert.equal(of({ PATH }).ssh, undefined);
    chmodSync(folder.file("ssh"), 0o755);
    assert.equal(of({ PATH }).ssh, folder.file("ssh"));
  });

  it("keeps its state where the platform wants it", () => {
    const { homedir } = userInfo();
    assert.equal(of({}).stateFolder, `${homedir}/.local/state/launch-guard`);
    assert.equal(of({ XDG_STATE_HOME: "/state" }).stateFolder, "/state/launch-guard");
    assert.equal(of({ XDG_STATE_HOME: "state" }).stateFolder, `${homedir}/.local/state/launch-guard`);
    assert.equal(of({}, "darwin").stateFolder, `${homedir}/Library/Application Support/launch-guard`);
  });

  it("can be sent to a worker", () => {
    assert.doesNotThrow(() => structuredClone(environmentOf(process)));
  });
});
