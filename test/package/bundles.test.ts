import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { type BuildOptions, build, type Metafile } from "esbuild";

// The build script's own description of what ships; it is plain JavaScript.
const { bundles } = createRequire(resolve("package.json"))("./esbuild.js") as { bundles: Record<string, BuildOptions> };

/** They run beside node_modules. */
const unshipped = new Set(["test", "scripts"]);

describe("the bundles", () => {
  for (const name of Object.keys(bundles).filter((each) => each !== "tunnelWorker" && !unshipped.has(each))) {
    it(`${name} leaves ssh2 to the worker`, async () => {
      const { inputs } = await contents(name);
      assert.deepEqual(
        Object.keys(inputs).filter((file) => /node_modules\/(ssh2|asn1|bcrypt-pbkdf)\//.test(file)),
        [],
      );
    });
  }

  it("the worker has ssh2 and stays within 450 kB", async () => {
    const { inputs, outputs } = await contents("tunnelWorker");
    assert.ok(Object.keys(inputs).some((file) => file.includes("node_modules/ssh2/")));
    const [output] = Object.values(outputs);
    assert.ok(output && output.bytes <= 450_000, `${output?.bytes} bytes`);
  });
});

async function contents(name: string): Promise<Metafile> {
  const { metafile } = await build({ ...bundles[name], write: false, metafile: true });
  return metafile;
}
