import { createServer, type IncomingMessage, request as makeRequest, ServerResponse } from "node:http";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { message } from "../../core/message.ts";
import { TunnelError } from "../error.ts";
import { harmless } from "../harmless.ts";
import type { Log } from "../log.ts";
import { ChannelAgent } from "./channel-agent.ts";
import { refusal } from "./guard.ts";
import { endToEnd, type RawHeaders, valuesOf, without } from "./headers.ts";
import { join } from "./join.ts";
import { refuse, say } from "./refuse.ts";

export type FrontOptions = {
  readonly port: number;
  /** Opens the stream that a local connection has to the service. */
  reach(local: Socket): Promise<Duplex>;
  onData(): void;
  readonly log: Log;
};

/**
 * A reverse proxy that lets every request through the guard or refuses it. It reads and writes HTTP with Node's own
 * parser on both sides, so that it cannot understand a request differently from what it passes on. Host, Origin and
 * bodies go on as sent: MLflow and Jupyter check the first two themselves.
 */
export function frontFor({ port, reach, onData, log }: FrontOptions): (local: Socket) => void {
  // Node's own limits (five minutes for a request) would end long uploads; the service has its own.
  const server = createServer({ maxHeaderSize, requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 0 });
  const agents = new WeakMap<Duplex, ChannelAgent>();

  function serve(asked: IncomingMessage, response: ServerResponse, websocket = false): void {
    asked.on("error", () => response.destroy());
    const refused = refusal(asked, port);
    if (refused) {
      log("warn", `Refused ${asked.method} for ${harmless(asked.headers.host ?? "no host", { oneLine: true })}`);
      refuse(response, refused);
    } else {
      relay(asked, response, websocket);
    }
  }

  function relay(asked: IncomingMessage, response: ServerResponse, websocket: boolean): void {
    const { method, url: path, socket: local } = asked;
    const far = makeRequest({
      agent: agents.get(local),
      method,
      path,
      headers: headersFor(asked, websocket),
      maxHeaderSize,
    });
    far.on("response", (answer) => {
      try {
        pass(answer, response, onData);
      } catch (error) {
        // Node reads some answers that it does not write, such as one with the status 000.
        log("info", `An answer of the service cannot be passed on: ${harmless(String(error))}`);
        response.destroy();
      }
    });
    far.on("upgrade", (answer, channel, head) => {
      if (websocket) return switchOver(answer, response, channel, head);
      // What the client sends after a switch that it did not ask for would not pass the guard.
      channel.destroy();
      fail(response, new Error("it switched to a protocol that nobody asked for"));
    });
    far.on("error", (error) => (far.reusedSocket ? response.destroy() : fail(response, error)));
    response.once("close", () => response.writableFinished || far.destroy());
    asked.pipe(far);
  }

  function switchOver(answer: IncomingMessage, response: ServerResponse, channel: Duplex, head: Buffer): void {
    const local = response.socket;
    if (!local) return void channel.destroy();
    response.detachSocket(local);
    const { httpVersion, statusCode, statusMessage, rawHeaders } = answer;
    local.write(headOf(`HTTP/${httpVersion} ${statusCode} ${statusMessage}`, rawHeaders));
    if (head.length > 0) channel.unshift(head);
    join(local, channel, onData);
  }

  function fail(response: ServerResponse, error: unknown): void {
    log("info", `A request did not reach the service: ${harmless(String(error))}`);
    if (response.headersSent) return void response.destroy();
    say(response, 502, error instanceof TunnelError ? error.said : noAnswer);
  }

  function upgrade(asked: IncomingMessage, local: Socket, head: Buffer): void {
    const response = lastResponse(asked, local);
    const websocket = asked.headers.upgrade?.toLowerCase() === "websocket";
    local.unshift(websocket ? head : Buffer.concat([withoutUpgrade(asked), head]));
    if (websocket) {
      serve(asked, response, true);
    } else {
      // The offer of any other protocol is not taken. Node took the body for that protocol, so all is read once more.
      response.detachSocket(local);
      server.emit("connection", local);
    }
  }

  server.on("request", (asked, response) => serve(asked, response));
  server.on("upgrade", (asked, local, head) => {
    try {
      if (local instanceof Socket) return upgrade(asked, local, head);
    } catch (error) {
      // It did not wait for the answer to the request before it, which no client does.
      log("info", `An upgrade is refused: ${harmless(String(error))}`);
    }
    local.destroy();
  });
  return (local) => {
    agents.set(local, new ChannelAgent(local, reach));
    server.emit("connection", local);
  };
}

/** Four times Node's own limit: Jupyter's cookies of several ports add up, and all go to every port of 127.0.0.1. */
const maxHeaderSize = 65_536;

const noAnswer = message("The service behind this tunnel did not answer. Look at its log on the host.");

function headersFor({ rawHeaders, method = "GET" }: IncomingMessage, websocket: boolean): string[] {
  const headers = endToEnd(rawHeaders);
  if (websocket) return [...headers, "Connection", "Upgrade", "Upgrade", "websocket"];
  if (valuesOf(rawHeaders, "transfer-encoding").length > 0) return [...headers, "Transfer-Encoding", "chunked"];
  if (valuesOf(rawHeaders, "content-length").length > 0 || bodiless.has(method)) return headers;
  // A request with neither has no body. Node would announce a chunked one, which not every service can read.
  return [...headers, "Content-Length", "0"];
}

/** Methods for which Node announces no body by itself. */
const bodiless = new Set(["GET", "HEAD", "DELETE", "OPTIONS", "TRACE"]);

/** Gives the service's answer to the client; broken off where the service breaks off. */
function pass(answer: IncomingMessage, response: ServerResponse, onData: () => void): void {
  answer.on("error", () => response.socket?.resetAndDestroy());
  answer.on("data", onData);
  response.sendDate = false;
  // Where the service hangs up after this answer, so do we.
  if (valuesOf(answer.rawHeaders, "connection").some((value) => /\bclose\b/i.test(value)))
    response.shouldKeepAlive = false;
  response.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEnd(answer.rawHeaders));
  answer.pipe(response);
}

/** The response to a request after which its connection serves no further ones. Throws where an earlier one is due. */
function lastResponse(asked: IncomingMessage, local: Socket): ServerResponse {
  const response = new ServerResponse(asked);
  response.shouldKeepAlive = false;
  response.assignSocket(local);
  response.once("finish", () => local.end());
  return response;
}

function withoutUpgrade({ method, url, httpVersion, rawHeaders }: IncomingMessage): Buffer {
  return headOf(`${method} ${url} HTTP/${httpVersion}`, without(rawHeaders, new Set(["upgrade"])));
}

function headOf(firstLine: string, headers: RawHeaders): Buffer {
  const lines = headers.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${headers[index + 1]}\r\n`] : []));
  return Buffer.from(`${firstLine}\r\n${lines.join("")}\r\n`, "latin1");
}
