import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { EngineName } from "../../../src/tunnel/link.ts";
import { type KeyPair, makeKey, type Scratch, scratch } from "../scratch.ts";
import { type Sshd, startSshd } from "../sshd.ts";
import { never, person } from "./person.ts";

/** A jump host and a host behind it, which both want a passphrase, a password or a code from whoever comes. */
describe("a host with a wrong key", function () {
  this.timeout(30_000);
  let folder: Scratch;
  let stranger: KeyPair;
  let jump: Sshd;
  let deep: Sshd;

  before(async () => {
    folder = scratch();
    stranger = makeKey(folder.file("stranger"));
    const config = ["PasswordAuthentication yes", "KbdInteractiveAuthentication yes"];
    const locked = makeKey(folder.file("locked"), { passphrase: "open sesame" });
    jump = await startSshd(folder, { name: "jump", config });
    deep = await startSshd(folder, { name: "deep", config, userKey: locked });
  });

  after(async () => {
    await Promise.all([jump.stop(), deep.stop()]);
    folder.remove();
  });

  const block = (name: string, { port, user, userKey }: Sshd, ...more: string[]) => [
    `Host ${name}`,
    "HostName 127.0.0.1",
    `Port ${port}`,
    `User ${user}`,
    `IdentityFile ${userKey.file}`,
    "IdentitiesOnly yes",
    "IdentityAgent none",
    "StrictHostKeyChecking no",
    ...more,
  ];

  const wrongs = {
    changed: ({ port }: Sshd) => `[127.0.0.1]:${port} ${readFileSync(stranger.publicFile, "utf8")}`,
    revoked: (sshd: Sshd) => `@revoked ${sshd.knownHostsLine()}${sshd.knownHostsLine()}`,
  };
  const places = {
    "is one's own goal": { host: () => deep, wrong: () => deep, way: [] },
    "is a jump host": { host: () => deep, wrong: () => jump, way: ["ProxyJump jump"] },
    "is behind a jump host": { host: () => deep, wrong: () => deep, way: ["ProxyJump jump"] },
  };

  for (const engine of ["ssh2", "openssh"] as const satisfies EngineName[]) {
    for (const [how, line] of Object.entries(wrongs)) {
      for (const [where, { host, wrong, way }] of Object.entries(places)) {
        it(`asks for nothing where the key is ${how} and it ${where}, by ${engine}`, async () => {
          const right = [jump, deep].filter((sshd) => sshd !== wrong()).map((sshd) => sshd.knownHostsLine());
          const { service, asked } = person(folder, `${engine}-${how}-${where.replaceAll(/\W/g, "-")}`, {
            config: [...block("jump", jump), ...block("gpubox", host(), ...way)],
            knownHosts: right.join("") + line(wrong()),
          });
          const logins = loginsOf(wrong());
          const discovered = service.discover({ host: "gpubox", engine }, never);
          await assert.rejects(discovered, { code: `host-key-${how}` });
          await service.close({}, never);
          assert.deepEqual(asked, []);
          assert.equal(loginsOf(wrong()), logins, "nobody has tried to log in there");
        });
      }
    }
  }
});

/** How often sshd was told of a user: it names them once they try something. */
function loginsOf(sshd: Sshd): number {
  return sshd.log().match(/^(Accepted|Failed|Postponed) /gm)?.length ?? 0;
}
