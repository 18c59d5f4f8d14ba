import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { createServer as createTcpServer, type Socket } from "node:net";
import { Duplex, Readable } from "node:stream";
import { message } from "../../../src/core/message.ts";
import { TunnelError } from "../../../src/tunnel/error.ts";
import type { Forwarder } from "../../../src/tunnel/forward/forwarder.ts";
import { closed, dial, opened, readAll, readUntil, type Service, serve, until } from "./services.ts";

describe("the guard before a service without a login", function () {
  this.timeout(20_000);
  const world = opened();
  let service: Service;
  let forwarder: Forwarder;
  let address: string;
  /** What reached the service. */
  const reached: string[] = [];

  async function stand(answer: (asked: IncomingMessage, response: ServerResponse) => void): Promise<void> {
    const server = createServer((asked, response) => {
      reached.push(`${asked.method} ${asked.url}`);
      answer(asked, response);
    });
    server.on("upgrade", (asked, socket) => {
      reached.push(`upgrade ${asked.url}`);
      upgrade(asked, socket);
    });
    service = await world.service(serve(server));
    forwarder = await world.forwarder(service, { guarded: true });
    address = `127.0.0.1:${forwarder.port}`;
  }

  /** The status that a GET with these headers gets. */
  async function status(headers: Record<string, string>, method = "GET", path = "/"): Promise<number | undefined> {
    const asking = request({ host: "127.0.0.1", port: forwarder.port, path, method, headers, agent: false });
    asking.end();
    const [answer] = await once(asking, "response");
    answer.resume();
    return answer.statusCode;
  }

  beforeEach(async () => {
    reached.length = 0;
    await stand((_, response) => response.end("service"));
  });
  afterEach(() => world.close());

  describe("lets pass", () => {
    const navigation = { "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
    const passing: Record<string, (own: string) => Record<string, string>> = {
      "a program, which sends none of these headers": () => ({}),
      "the name localhost": () => ({ host: `localhost:${forwarder.port}` }),
      "the IPv6 loopback": () => ({ host: `[::1]:${forwarder.port}` }),
      "an address that was typed": () => ({ ...navigation, "sec-fetch-site": "none" }),
      "the service's own page": (own) => ({ origin: `http://${own}`, "sec-fetch-site": "same-origin" }),
      "a link from another local port": () => ({ ...navigation, "sec-fetch-site": "same-site" }),
      "a frame in a notebook": () => ({ ...navigation, "sec-fetch-dest": "iframe", "sec-fetch-site": "same-site" }),
    };
    for (const [who, headers] of Object.entries(passing)) {
      it(who, async () => assert.equal(await status(headers(address)), 200));
    }
  });

  describe("refuses", () => {
    const navigation = { "sec-fetch-mode": "navigate", "sec-fetch-dest": "document", "sec-fetch-site": "cross-site" };
    const refused: Record<string, (own: string) => Record<string, string>> = {
      "a name that an attacker points to loopback": () => ({ host: `evil.example:${forwarder.port}` }),
      "a name under localhost": () => ({ host: `evil.localhost:${forwarder.port}` }),
      "another port": () => ({ host: "127.0.0.1:1" }),
      "no port": () => ({ host: "127.0.0.1" }),
      "a foreign origin": () => ({ origin: "https://evil.example" }),
      "another local port as origin": () => ({ origin: "http://127.0.0.1:1" }),
      "the null origin of a sandboxed frame": () => ({ origin: "null" }),
      "loopback under its other name as origin": () => ({ origin: `http://localhost:${forwarder.port}` }),
      "an image in a foreign page": () => ({ "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" }),
      "a fetch from another local port": () => ({ "sec-fetch-site": "same-site", "sec-fetch-mode": "cors" }),
      "a foreign page that frames it": () => ({ ...navigation, "sec-fetch-dest": "iframe" }),
      "a value nobody knows yet": () => ({ "sec-fetch-site": "other" }),
    };
    for (const [who, headers] of Object.entries(refused)) {
      it(who, async () => {
        assert.equal(await status(headers(address)), 403);
        assert.equal(await status(headers(address), "POST"), 403);
        assert.deepEqual(reached, []);
        assert.equal(service.accepted(), 0, "it opens no stream for them either");
      });
    }

    it("two Host headers, and a target that overrides the header", async () => {
      const two = await dial(forwarder.port);
      two.end(`GET / HTTP/1.1\r\nHost: ${address}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`);
      assert.match(String(await readAll(two)), /^HTTP\/1\.1 (403|400) /);
      const overriding = await dial(forwarder.port);
      overriding.end(`GET http://evil.example/ HTTP/1.1\r\nHost: ${address}\r\nConnection: close\r\n\r\n`);
      assert.match(String(await readAll(overriding)), /^HTTP\/1\.1 403 /);
      assert.deepEqual(reached, []);
    });

    it("with a sentence for people, in which nothing of the request can act", async () => {
      const answer = await fetch(`http://${address}/<script>`, { headers: { origin: "http://evil.example" } });
      assert.equal(answer.headers.get("content-type"), "text/plain; charset=utf-8");
      assert.equal(
        await answer.text(),
        "Launch Guard refused this: a web page of http://evil.example tried to use the service behind this tunnel.\n",
      );
    });

    it("the second of two pipelined requests on one connection", async () => {
      const local = await dial(forwarder.port);
      local.write(
        `GET /good HTTP/1.1\r\nHost: ${address}\r\n\r\n` +
          `GET /bad HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
      );
      const said = String(await readAll(local));
      assert.match(said, /^HTTP\/1\.1 200 OK\r\n.*HTTP\/1\.1 403 Forbidden\r\n/s);
      assert.deepEqual(reached, ["GET /good"]);
    });

    it("a request hidden in the body of another", async () => {
      const local = await dial(forwarder.port);
      const hidden = "GET /hidden HTTP/1.1\r\nHost: evil.example\r\n\r\n";
      local.end(
        `POST /outer HTTP/1.1\r\nHost: ${address}\r\nContent-Length: ${hidden.length}\r\n` +
          `Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n${hidden}`,
      );
      await readAll(local);
      assert.ok(!reached.includes("GET /hidden"), reached.join());
    });
  });

  it("reads no request out of a body whose length it was told to forget", async () => {
    const local = await dial(forwarder.port);
    const hidden = "GET /hidden HTTP/1.1\r\nHost: evil.example\r\n\r\n";
    local.write(
      `GET /outer HTTP/1.1\r\nHost: ${address}\r\nConnection: close, content-length, host\r\n` +
        `Content-Length: ${hidden.length}\r\n\r\n${hidden}`,
    );
    assert.match(String(await readAll(local)), /^HTTP\/1\.1 200 OK\r\n/);
    assert.deepEqual(reached, ["GET /outer"]);
  });

  it("asks a person whom another site led here, and lets them go on", async () => {
    const led = { "sec-fetch-mode": "navigate", "sec-fetch-dest": "document", "sec-fetch-site": "cross-site" };
    assert.equal(await status(led, "POST"), 403);
    const asking = request({ host: "127.0.0.1", port: forwarder.port, path: "/kill?it", headers: led, agent: false });
    asking.end();
    const [answer] = await once(asking, "response");
    const page = String(await readAll(answer));
    assert.equal(answer.statusCode, 403);
    assert.deepEqual(reached, []);
    assert.match(page, /Another web site led here\. Go on only if you meant to\..*<a href="" target="_blank">Open it/s);
    assert.ok(!page.includes("/kill"), "nothing of the request is repeated");
    const script = /<script>(.*)<\/script>/.exec(page)?.[1] ?? "";
    const hash = createHash("sha256").update(script).digest("base64");
    assert.equal(
      answer.headers["content-security-policy"],
      `default-src 'none'; script-src 'sha256-${hash}'; frame-ancestors 'none'`,
    );
    assert.equal(await status({ ...led, "sec-fetch-site": "same-origin" }, "GET", "/kill?it"), 200);
  });

  it("changes no header but those of the connection itself", async () => {
    let seen: string[] = [];
    await stand((asked, response) => {
      seen = asked.rawHeaders;
      response.writeHead(299, "As Sent", [
        "X-One",
        "1",
        "Set-Cookie",
        "a=1",
        "Set-Cookie",
        "b=2",
        "Content-Length",
        "0",
      ]);
      response.end();
    });
    const local = await dial(forwarder.port);
    local.write(
      `GET /x HTTP/1.1\r\nHOST: ${address}\r\nX-Thing: a\r\nx-thing: b\r\nConnection: close, X-Mine\r\nX-Mine: 1\r\n\r\n`,
    );
    const said = String(await readAll(local));
    assert.deepEqual(seen, ["HOST", address, "X-Thing", "a", "x-thing", "b", "Connection", "keep-alive"]);
    assert.match(
      said,
      /^HTTP\/1\.1 299 As Sent\r\nX-One: 1\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 0\r\n/,
    );
  });

  it("keeps one stream for all requests of a connection", async () => {
    const local = await dial(forwarder.port);
    for (let round = 0; round < 3; round++) {
      local.write(`GET /${round} HTTP/1.1\r\nHost: ${address}\r\n\r\n`);
      await readUntil(local, "service");
    }
    assert.equal(service.accepted(), 1);
    local.end();
    await until(() => service.sockets.size === 0);
  });

  it("hangs up on an idle connection when the service does", async () => {
    const local = await dial(forwarder.port);
    local.write(`GET / HTTP/1.1\r\nHost: ${address}\r\n\r\n`);
    await readUntil(local, "service");
    const gone = once(local, "end");
    for (const socket of service.sockets) socket.end();
    await gone;
    local.destroy();
  });

  it("leaves it to the client to try again when the service hangs up on a kept connection", async () => {
    await stand((asked, response) => (asked.url === "/" ? response.end("service") : response.socket?.destroy()));
    const local = await dial(forwarder.port);
    local.write(`GET / HTTP/1.1\r\nHost: ${address}\r\n\r\n`);
    await readUntil(local, "service");
    const gone = closed(local);
    local.on("data", (data) => assert.fail(`${data}`)).on("end", () => local.end());
    local.write(`GET /again HTTP/1.1\r\nHost: ${address}\r\n\r\n`);
    await gone;
  });

  it("tells an empty POST from one with a body", async () => {
    const announced: unknown[] = [];
    await stand((asked, response) => {
      announced.push([asked.headers["content-length"], asked.headers["transfer-encoding"]]);
      asked.pipe(response);
    });
    const local = await dial(forwarder.port);
    local.end(`POST / HTTP/1.1\r\nHost: ${address}\r\nConnection: close\r\n\r\n`);
    await readAll(local);
    assert.equal(await (await fetch(`http://${address}/`, { method: "POST", body: "sized" })).text(), "sized");
    const body = Readable.toWeb(Readable.from(["in ", "chunks"]));
    // The types of fetch lack `duplex`, which a streamed body needs, and know only the browser's ReadableStream.
    const streamed = { method: "POST", body, duplex: "half" } as unknown as RequestInit;
    assert.equal(await (await fetch(`http://${address}/`, streamed)).text(), "in chunks");
    assert.deepEqual(announced, [
      ["0", undefined],
      ["5", undefined],
      [undefined, "chunked"],
    ]);
  });

  it("streams large bodies both ways, without holding them", async () => {
    await stand((asked, response) => void asked.pipe(response));
    const block = randomBytes(1024 * 1024);
    const sent = createHash("sha256");
    const got = createHash("sha256");
    const asking = request({ host: "127.0.0.1", port: forwarder.port, method: "PUT", agent: false });
    Readable.from(
      (function* () {
        for (let count = 0; count < 48; count++) {
          sent.update(block);
          yield block;
        }
      })(),
    ).pipe(asking);
    const [answer] = await once(asking, "response");
    for await (const chunk of answer) got.update(chunk);
    assert.equal(got.digest("hex"), sent.digest("hex"));
    assert.ok(forwarder.bytes.up > 48 * 1024 * 1024);
  });

  it("answers HEAD, 204 and 304 without inventing a body", async () => {
    await stand((asked, response) => {
      response.statusCode = Number(asked.url?.slice(1));
      if (response.statusCode === 200) response.setHeader("content-length", 7);
      response.end();
    });
    assert.equal(await status({}, "HEAD", "/200"), 200);
    assert.equal(await status({}, "GET", "/204"), 204);
    assert.equal(await status({}, "GET", "/304"), 304);
  });

  it("gives up at the service when the client goes away in the middle of an answer", async () => {
    await stand((_, response) => {
      response.write("a beginning");
    });
    const local = await dial(forwarder.port);
    local.write(`GET / HTTP/1.1\r\nHost: ${address}\r\n\r\n`);
    await once(local, "data");
    local.destroy();
    await until(() => service.sockets.size === 0 && forwarder.connections === 0);
  });

  it("breaks off visibly when the service does", async () => {
    await stand((_, response) => void response.write("half"));
    const answer = await fetch(`http://${address}/`);
    for (const socket of service.sockets) socket.resetAndDestroy();
    await assert.rejects(answer.text());
  });

  it("says in the browser why the service cannot be reached", async () => {
    const open = () =>
      Promise.reject(new TunnelError("nothing-listens", message("Nothing listens on port 5000 there.")));
    const dead = await world.forwarder({ open }, { guarded: true });
    const answer = await fetch(`http://127.0.0.1:${dead.port}/`);
    assert.equal(answer.status, 502);
    assert.equal(await answer.text(), "Nothing listens on port 5000 there.\n");
  });

  it("speaks through streams that are no sockets, as those of ssh are", async () => {
    const open = async (signal: AbortSignal) => {
      const socket = await service.open(signal);
      return Duplex.from({ readable: socket, writable: socket });
    };
    const wrapped = await world.forwarder({ open }, { guarded: true });
    const host = `127.0.0.1:${wrapped.port}`;
    const local = await dial(wrapped.port);
    for (let round = 0; round < 2; round++) {
      local.write(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
      await readUntil(local, "service");
    }
    local.write(`${handshake(host)}hello`);
    await readUntil(local, "hello");
    local.end();
    await until(() => service.sockets.size === 0 && wrapped.connections === 0);
  });

  it("passes a websocket on, bytes that come early included", async () => {
    const local = await dial(forwarder.port);
    local.write(`${handshake(address)}early`);
    let said = "";
    local.on("data", (data) => (said += data));
    await until(() => said.endsWith("early"));
    assert.match(said, /^HTTP\/1\.1 101 Switching Protocols\r\nUpgrade: websocket\r\n/);
    local.write(" and late");
    await until(() => said.endsWith("early and late"));
    local.end();
    await closed(local);
    await until(() => service.sockets.size === 0);
  });

  it("refuses a websocket from a foreign page", async () => {
    for (const headers of ["Origin: https://evil.example\r\n", "Sec-Fetch-Site: cross-site\r\n"]) {
      const local = await dial(forwarder.port);
      local.write(handshake(address, headers));
      assert.match(String(await readAll(local)), /^HTTP\/1\.1 403 Forbidden\r\n/);
    }
    const local = await dial(forwarder.port);
    local.write(handshake("evil.example"));
    assert.match(String(await readAll(local)), /^HTTP\/1\.1 403 Forbidden\r\n/);
    assert.deepEqual(reached, []);
  });

  it("passes on what a service answers that refuses a websocket itself", async () => {
    await stand((_, response) => response.end());
    const local = await dial(forwarder.port);
    local.write(handshake(address).replace("/socket", "/refused"));
    const said = String(await readAll(local));
    assert.match(said, /^HTTP\/1\.1 404 Not Found\r\n/);
    assert.match(said, /no such socket$/);
  });

  for (const framing of [
    "Content-Length: 5\r\n\r\nhello",
    "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
  ]) {
    it(`does not take up another protocol, and keeps the body: ${framing.slice(0, 17)}`, async () => {
      await stand((asked, response) => void asked.pipe(response));
      const local = await dial(forwarder.port);
      for (let round = 0; round < 2; round++) {
        local.write(
          `POST / HTTP/1.1\r\nHost: ${address}\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n` +
            `HTTP2-Settings: AAMAAABk\r\n${framing}`,
        );
        assert.match(await readUntil(local, "0\r\n\r\n"), /^HTTP\/1\.1 200 OK\r\n.*hello/s);
      }
      local.destroy();
    });
  }

  it("drops who does not wait for an answer before they ask for a websocket", async () => {
    await stand(() => undefined);
    const local = await dial(forwarder.port);
    const gone = closed(local);
    local.write(`GET / HTTP/1.1\r\nHost: ${address}\r\n\r\n${handshake(address)}`);
    local.resume().on("end", () => local.end());
    await gone;
    assert.ok(!reached.includes("upgrade /socket"));
  });

  const strange: Record<string, string> = {
    "an escape sequence for a reason": "HTTP/1.1 200 \u001b[31m\r\nContent-Length: 0\r\n\r\n",
    "a status that there is not": "HTTP/1.1 000 OK\r\nContent-Length: 0\r\n\r\n",
    "a switch to a protocol that nobody asked for":
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
  };
  for (const [what, said] of Object.entries(strange)) {
    it(`survives a service that answers with ${what}`, async () => {
      const rude = await world.service(serve(createTcpServer((socket) => socket.once("data", () => socket.end(said)))));
      const { port } = await world.forwarder(rude, { guarded: true });
      const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
      assert.ok(answer === undefined || answer.status === 502, String(answer?.status));
    });
  }

  it("leaves nothing behind of 500 connections", async () => {
    for (let batch = 0; batch < 10; batch++) {
      await Promise.all(Array.from({ length: 50 }, (_, index) => status(index % 5 ? {} : { origin: "null" })));
    }
    await until(() => forwarder.connections === 0 && service.sockets.size === 0);
    assert.equal(service.accepted(), 400);
  });
});

function handshake(host: string, more = ""): string {
  return (
    `GET /socket HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
    `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${more}\r\n`
  );
}

/** Stands for a websocket server: sends back what it gets. */
function upgrade(asked: IncomingMessage, socket: Socket | NodeJS.ReadWriteStream): void {
  if (asked.url === "/refused") {
    socket.end("HTTP/1.1 404 Not Found\r\nContent-Length: 14\r\nConnection: close\r\n\r\nno such socket");
    return;
  }
  socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
  socket.pipe(socket);
}
