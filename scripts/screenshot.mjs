/** Makes the README's pictures anew, in a real VS Code: a quick fix on examples/, the servers found on a host, the view of tunnels, and a launch in a terminal. */
import { spawnSync } from "node:child_process";

const steps = [
  ["npm", ["run", "--silent", "package"], {}],
  [
    process.execPath,
    ["test/host/run.mjs", "workbench"],
    { LAUNCH_GUARD_PICTURE: "media/screenshot.png", LAUNCH_GUARD_PICTURES: "1" },
  ],
];

for (const [command, args, env] of steps) {
  const { status } = spawnSync(command, args, { stdio: "inherit", env: { ...process.env, ...env } });
  if (status !== 0) process.exit(status ?? 1);
}
