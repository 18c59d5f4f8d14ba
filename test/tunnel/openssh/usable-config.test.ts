import assert from "node:assert/strict";
import { chmodSync, writeFileSync } from "node:fs";
import { resolveHost } from "../../../src/tunnel/host/resolve.ts";
import { connectOpenssh } from "../../../src/tunnel/openssh/engine.ts";
import { type Scratch, scratch } from "../scratch.ts";
import { type Sshd, startSshd } from "../sshd.ts";
import { blockOf, foldersOf, hasCode, makeWorld, type World } from "./world.ts";

const never = new AbortController().signal;

describe("an ssh config with lines that OpenSSH refuses, with the system's ssh", function () {
  // Several processes for each login; a busy machine takes its time.
  this.timeout(15_000);
  let files: Scratch;
  let sshd: Sshd;

  before(async () => {
    files = scratch();
    sshd = await startSshd(files);
  });

  after(async () => {
    await sshd.stop();
    files.remove();
  });

  /** Someone whose config includes another file of theirs, in which the host is. */
  function someone(main: readonly string[], more: readonly string[]): World & { readonly included: string } {
    const included = files.file(`${main.length}-${more.length}.conf`);
    const world = makeWorld(files, [
      ...main,
      `Include ${included}`,
      "Host late",
      " Port late",
      "Host *",
      " User nobody",
    ]);
    const known = [...more, `UserKnownHostsFile ${world.knownHosts}`];
    writeFileSync(included, `${blockOf("gpu", sshd, known).join("\n")}\n`);
    writeFileSync(world.knownHosts, sshd.knownHostsLine());
    return { ...world, included };
  }

  async function connected({ session }: World) {
    const { environment, log } = session;
    const link = await connectOpenssh(await resolveHost("gpu", environment, log, never), session, never);
    const { stdout } = await link.run("echo there", "", never);
    await link.close();
    return stdout;
  }

  it("is used without them, also where they are in a file that it includes", async () => {
    const world = someone(["Host other", " Port abc", ' User "x', "Host *"], ["ConnectTimeout soon", "Nonsense yes"]);
    assert.equal(await connected(world), "there\n");
    const named = world.log.filter((line) => line.startsWith("warn"));
    for (const place of [`config, line 2`, `config, line 3`, `${world.included}, line 2`])
      assert.ok(
        named.some((line) => line.includes(place)),
        `${place} in ${named.join("\n")}`,
      );
    assert.deepEqual(foldersOf(world), []);
  });

  it("is used where it includes itself", async () => {
    const world = someone([], []);
    writeFileSync(world.included, `Include ${world.session.environment.configFile}\n`, { flag: "a" });
    assert.equal(await connected(world), "there\n");
  });

  it("is still refused where others may write to it", async () => {
    const first = files.file("first.conf");
    // It ends the first look, so that the other file is met as a copy only.
    writeFileSync(first, "Port abc\n");
    const world = someone([`Include ${first}`], []);
    chmodSync(world.included, 0o666);
    await assert.rejects(connected(world), hasCode("config-unreadable"));
  });
});
