import assert from "node:assert/strict";
import { noPrompts } from "../../../src/cli/tunnel/prompts.ts";
import { knownSecrets } from "../../../src/tunnel/connection/known-secrets.ts";
import type { TunnelErrorCode } from "../../../src/tunnel/error.ts";
import type { Prompts, SecretQuestion } from "../../../src/tunnel/prompts.ts";
import { failure } from "./fake-link.ts";

const never = new AbortController().signal;
const hop = { name: "box", hostname: "box.example", port: 22, user: "ada" };
const passphrase = { kind: "passphrase", hop, file: "/home/ada/.ssh/id" } as const;
const password = { kind: "password", hop, hostKey: "SHA256:box" } as const;

describe("secrets of a connection", () => {
  let logIn: ReturnType<typeof knownSecrets>;
  let asked: number;
  /** What the person answers. */
  let answer: string | undefined;

  beforeEach(() => {
    [logIn, asked, answer] = [knownSecrets(), 0, "first"];
  });

  const person: Prompts = {
    ...noPrompts(() => undefined),
    async secret() {
      asked++;
      return answer;
    },
  };

  /** Logs in with the answer to a question, and fails with a code where there is one. */
  function attempt(question: SecretQuestion, code?: TunnelErrorCode): Promise<string | undefined> {
    return logIn(person, async ({ secret }) => {
      const given = await secret(question, never);
      if (code) throw failure(code);
      return given;
    });
  }

  for (const question of [passphrase, password]) {
    it(`are not asked for again at a reconnect: a ${question.kind}`, async () => {
      await attempt({ ...question, attempt: 1 });
      answer = "second";
      assert.equal(await attempt({ ...question, attempt: 1 }), "first");
      assert.equal(asked, 1);
    });
  }

  it("survive a reconnect that the network spoils", async () => {
    await attempt({ ...password, attempt: 1 });
    await assert.rejects(attempt({ ...password, attempt: 1 }, "connection-lost"));
    assert.equal(await attempt({ ...password, attempt: 1 }), "first");
    assert.equal(asked, 1);
  });

  it("are forgotten when the host refuses them, and when they turn out wrong", async () => {
    await attempt({ ...password, attempt: 1 });
    await assert.rejects(attempt({ ...password, attempt: 1 }, "auth-refused"));
    answer = "second";
    assert.equal(await attempt({ ...password, attempt: 1 }), "second");
    answer = undefined;
    assert.equal(await attempt({ ...password, attempt: 2 }), undefined);
    assert.equal(await attempt({ ...password, attempt: 1 }), undefined);
    assert.equal(asked, 4);
  });

  it("are known only once they have let someone in", async () => {
    await assert.rejects(attempt({ ...password, attempt: 1 }, "connection-lost"));
    await attempt({ ...password, attempt: 1 });
    assert.equal(asked, 2);
  });

  it("are never given to a host with another key, or with one that is not known", async () => {
    await attempt({ ...password, attempt: 1 });
    await attempt({ ...password, hostKey: "SHA256:impostor", attempt: 1 });
    for (let time = 0; time < 2; time++) await attempt({ kind: "password", hop, attempt: 1 });
    assert.equal(asked, 4);
  });
});
