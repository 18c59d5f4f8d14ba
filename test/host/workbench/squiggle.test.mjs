import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { openFile, openWorkbench, problems, waitForProblem, waitForSquiggle } from "../workbench.mjs";

describe("a Dockerfile whose server listens on every interface", () => {
  let workbench;
  before(async () => {
    workbench = await openWorkbench("test/host/workspace");
  });
  after(() => workbench?.close());

  it("is underlined, and listed among the problems", async () => {
    const { page } = workbench;
    await openFile(page, "Dockerfile");
    await waitForSquiggle(page);
    await waitForProblem(page, "[Ln 3");
    assert.match(await problems(page), /public-bind/);
  });
});
