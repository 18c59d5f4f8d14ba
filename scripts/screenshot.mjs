/** Makes the README's picture anew: the packaged extension on examples/ in a real VS Code, with a quick fix open. */
import { spawnSync } from "node:child_process";

const steps = [
  ["npm", ["run", "--silent", "package"], {}],
  [process.execPath, ["test/host/run.mjs", "workbench"], { LAUNCH_GUARD_PICTURE: "media/screenshot.png" }],
];

for (const [command, args, env] of steps) {
  const { status } = spawnSync(command, args, { stdio: "inherit", env: { ...process.env, ...env } });
  if (status !== 0) process.exit(status ?? 1);
}
