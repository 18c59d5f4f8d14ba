import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { watchGone } from "../../src/terminal/gone.ts";
import { isListening } from "../../src/terminal/listening.ts";
import { type Running, runningLaunches } from "../../src/terminal/running.ts";
import { launches } from "../core/command/judging.ts";

describe("a launch that outlives its command", () => {
  it("stays listed while its port is open, and leaves when that is closed", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const running = runningLaunches();
    const gone = watchGone(running, true, 5);
    const [judged] = launches(`nohup jupyter lab --ip=0.0.0.0 --port=${port} &`);
    // Nothing else of it is looked at.
    const listed = running.add({ judged, since: 0 } as unknown as Running);
    await gone.watch(listed);
    assert.equal(await isListening(port ?? 0), true);
    assert.deepEqual(running.all(), [listed]);
    const left = new Promise<void>((resolve) => running.onDidChange(() => resolve()));
    server.close();
    await left;
    assert.deepEqual(running.all(), []);
    gone.dispose();
  });
});
