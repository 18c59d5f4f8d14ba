import { execFileSync } from "node:child_process";
import { join } from "node:path";

/**
 * The folder of the Python environment with the real JupyterLab, MLflow and TensorBoard, which `npm test` makes
 * (`python3 test/tunnel/python-environment.py`). Where it is missing this says so and is `undefined`; with
 * LAUNCH_GUARD_REQUIRE_ALL=1 it throws.
 */
export function pythonEnvironment(): string | undefined {
  const script = join("test", "tunnel", "python-environment.py");
  try {
    return execFileSync("python3", [script, "--if-ready"], { encoding: "utf8" }).trim();
  } catch (error) {
    if (process.env["LAUNCH_GUARD_REQUIRE_ALL"] === "1") throw error;
    console.log(`SKIPPED: the Python environment is missing; python3 ${script} makes it.`);
    return undefined;
  }
}
