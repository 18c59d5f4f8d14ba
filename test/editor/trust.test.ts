import assert from "node:assert/strict";
import { defaultConfig } from "../../src/core/config.ts";
import { tools } from "../../src/core/tools/index.ts";
import { configuration } from "../../src/editor/configuration.ts";
import { editor } from "../stub/editor.ts";
import { demoEngine } from "./playground.ts";

describe("tables of a project's own tools", () => {
  const config = { ...defaultConfig, tools: tools.slice(0, 1), exclude: ["*.demo"] };
  const engine = { ...demoEngine, readConfig: () => ({ config, problems: [] }) };
  afterEach(() => {
    editor.isTrusted = true;
  });

  for (const isTrusted of [true, false])
    it(
      isTrusted ? "count in a folder that is trusted" : "do not count in a folder that is not, but the rest does",
      () => {
        editor.isTrusted = isTrusted;
        const current = configuration(engine, () => "tools: …")();
        assert.equal(current.config.tools.length, isTrusted ? 1 : 0);
        assert.equal(current.excludes("a.demo"), true);
      },
    );
});
