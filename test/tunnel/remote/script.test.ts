import assert from "node:assert/strict";
import { existsSync, symlinkSync } from "node:fs";
import { TunnelError } from "../../../src/tunnel/error.ts";
import type { Link, RunResult } from "../../../src/tunnel/link.ts";
import { machineOf } from "../../../src/tunnel/remote/machine.ts";
import { runScript } from "../../../src/tunnel/remote/script.ts";
import { localLink } from "../launcher/local-link.ts";
import { type Scratch, scratch } from "../scratch.ts";
import { hasSshd, type Sshd, startSshd } from "../sshd.ts";
import { missing } from "./missing.ts";
import { sshLink } from "./ssh-link.ts";

const never = new AbortController().signal;

describe("a script on a host", () => {
  const link = localLink({ PATH: process.env["PATH"] ?? "" });

  it("answers with the lines it prints", async () => {
    assert.deepEqual(await runScript(link, "printf 'one\\n\\n two'", never), ["one", "", " two"]);
    assert.deepEqual(await runScript(link, ":", never), []);
  });

  for (const shell of ["/bin/dash", "/bin/bash"]) {
    it(`cannot be read by its own commands, and may exit, where sh is ${shell}`, async () => {
      const place = scratch();
      symlinkSync(shell, place.file("sh"));
      const there = localLink({ PATH: `${place.path}:${process.env["PATH"]}` });
      assert.deepEqual(await runScript(there, "cat; read -r line; echo end; exit 3\necho more", never), ["end"]);
      place.remove();
    });
  }

  it("is what is executed, as `sh -s`", async () => {
    const commands: string[] = [];
    await runScript(heard(link, commands), "echo 'a secret plan'", never);
    assert.deepEqual(commands, ["sh -s"]);
  });

  it("does not take its own echo for an answer", async () => {
    const echoing = saying((input) => ({ stdout: input, stderr: "", code: 0 }));
    await assert.rejects(runScript(echoing, "echo hello", never), cannotLook(/does not run commands/));
  });

  it("says so when it was cut off", async () => {
    const cut = saying((input) => ({
      stdout: `${/launch-guard-begin-\w+/.exec(input)?.[0]}\none\n`,
      stderr: "",
      code: 0,
    }));
    await assert.rejects(runScript(cut, "echo one", never), cannotLook(/before it was done/));
  });

  it("makes harmless what the host says instead", async () => {
    const hostile = saying(() => ({ stdout: "", stderr: "go\u001b[2J away\n", code: 1 }));
    await assert.rejects(runScript(hostile, ":", never), cannotLook(/It says: go\u{fffd}\[2J away$/u));
  });

  it("is not waited for without end", async () => {
    await assert.rejects(runScript(link, "sleep 60", never, 50), cannotLook(/did not answer/));
  });

  it("is not even begun once it is given up", async () => {
    await assert.rejects(runScript(link, ":", AbortSignal.abort()), { code: "cancelled" });
  });

  it("says which machine it is", async () => {
    const machine = await machineOf(link, never);
    assert.ok(machine.hostname !== "" && machine.id !== "");
    assert.deepEqual(await machineOf(link, never), machine);
  });
});

const shells = ["/usr/bin/tcsh", "/usr/bin/fish", "/usr/bin/rbash", "/bin/bash", "/bin/dash"];

describe("a script through a real sshd", function () {
  // Each starts an sshd of its own, and the machine may be busy.
  this.timeout(20_000);
  if (!hasSshd()) return missing("sshd");
  let place: Scratch;
  before(() => {
    place = scratch();
  });
  after(() => place.remove());

  for (const shell of shells) {
    it(`runs where the login shell is ${shell}`, async () => {
      if (!existsSync(shell)) return missing(shell);
      const lines = await through(
        `exec ${shell} -c "$SSH_ORIGINAL_COMMAND"`,
        'for each in 1 2; do echo "<$each>"; done',
      );
      assert.deepEqual(lines, ["<1>", "<2>"]);
    });
  }

  it("leaves out what a profile prints before", async () => {
    const noisy = `echo Welcome; printf 'Have fun: '; exec sh -c "$SSH_ORIGINAL_COMMAND"`;
    assert.deepEqual(await through(noisy, "echo here"), ["here"]);
  });

  for (const [command, says] of [
    ["echo This account is for backups only.", /It says: This account is for backups only\./],
    ["/usr/sbin/nologin", /It says: This account is currently not available\./],
    ["cat", /does not run commands for this account/],
    ["true", /does not run commands for this account \(exit code 0\)/],
  ] as const) {
    it(`cannot look where the account runs ${command}`, async () => {
      await assert.rejects(through(command, "echo here"), cannotLook(says));
    });
  }

  async function through(forced: string, script: string): Promise<readonly string[]> {
    const sshd: Sshd = await startSshd(place, { config: [`ForceCommand ${forced}`] });
    try {
      return await runScript(sshLink(place, sshd), script, never);
    } finally {
      await sshd.stop();
    }
  }
});

function heard(link: Link, commands: string[]): Link {
  return {
    ...link,
    run(command, input, signal) {
      commands.push(command);
      return link.run(command, input, signal);
    },
  };
}

function saying(answer: (input: string) => RunResult): Link {
  return { ...localLink({}), run: (_command, input) => Promise.resolve(answer(input)) };
}

function cannotLook(says: RegExp) {
  return (error: unknown) => {
    assert.ok(error instanceof TunnelError);
    assert.equal(error.code, "cannot-look");
    assert.match(error.message, says);
    return true;
  };
}
