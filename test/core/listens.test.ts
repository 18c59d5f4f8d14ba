import assert from "node:assert/strict";
import { findingsIn } from "./check.ts";

/** Where a tunnel to the server of a launch would lead. */
const examples: readonly (readonly [text: string, listens: object])[] = [
  ["jupyter lab --ip=0.0.0.0 --port=9999\n", { port: 9999 }],
  ["tensorboard --logdir runs --bind_all\n", { port: 6006 }],
  ["docker run -p 9000:8888 quay.io/jupyter/base-notebook\n", { port: 9000 }],
  ["docker run -p 8888 quay.io/jupyter/base-notebook\n", {}],
  ["ssh me@gpubox jupyter lab --ip=0.0.0.0 --port=9999\n", { port: 9999, sshHost: "me@gpubox" }],
  ["ssh gpubox docker run -p 9000:8888 quay.io/jupyter/base-notebook\n", { port: 9000, sshHost: "gpubox" }],
  ["ssh -p 2222 gpubox -l me jupyter lab --ip=0.0.0.0 --port=9999\n", { port: 9999, sshHost: "me@gpubox:2222" }],
  ["ssh jump ssh gpubox jupyter lab --ip=0.0.0.0 --port=9999\n", { port: 9999 }],
  ["ssh -J jump gpubox jupyter lab --ip=0.0.0.0 --port=9999\n", { port: 9999 }],
  ['ssh -p "$PORT" gpubox jupyter lab --ip=0.0.0.0 --port=9999\n', { port: 9999 }],
  ['ssh "$BOX" jupyter lab --ip=0.0.0.0 --port=9999\n', { port: 9999 }],
];

describe("a finding says where its server is to be found", () => {
  for (const [text, listens] of examples)
    it(`as in ${text.trim()}`, () => {
      const found = findingsIn("launch.sh", text).find(({ rule }) => rule.startsWith("public-"));
      assert.deepEqual(found?.listens, listens);
    });
});
