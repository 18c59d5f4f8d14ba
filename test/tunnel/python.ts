import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

/** The folder with the programs of the Python environment: `jupyter`, `mlflow`, `tensorboard`, `python`. */
export type Programs = string;

/** Making it downloads some 300 MB; afterwards it is kept. */
export const makingMs = 900_000;

/**
 * The environment with the real servers, made where it is missing. Where that cannot be done it says so and is
 * `undefined`; with LAUNCH_GUARD_REQUIRE_ALL=1 it rejects.
 */
export async function pythonPrograms(): Promise<Programs | undefined> {
  try {
    const script = join("test", "tunnel", "python-environment.py");
    const { stdout, stderr } = await promisify(execFile)("python3", [script], { timeout: makingMs });
    if (stderr !== "") console.log(stderr.trim());
    return join(stdout.trim(), "bin");
  } catch (error) {
    if (process.env["LAUNCH_GUARD_REQUIRE_ALL"] === "1") throw error;
    console.log(`SKIPPED: the Python environment with JupyterLab, MLflow and TensorBoard is missing: ${error}`);
    return undefined;
  }
}
