import type { IncomingMessage } from "node:http";
import { type Message, message } from "../../core/message.ts";
import { harmless } from "../harmless.ts";

/** Why a request does not pass. `ask`: a person may go on by a click, because a page only led them here. */
export type Refusal = { readonly said: Message; readonly ask: boolean };

/** What the guard reads of a request. */
export type Asked = Pick<IncomingMessage, "method" | "url" | "headersDistinct">;

/**
 * The check before a service that has no login of its own. It keeps web pages out, not other users of this machine:
 * - `Host` names this port on loopback, so that no name that an attacker points to 127.0.0.1 gets through;
 * - `Origin`, where there is one, is that same address;
 * - `Sec-Fetch-Site`, which every current browser sends to loopback, is `none` (typed, or a bookmark) or `same-origin`.
 *
 * Pages from elsewhere may only *lead* here. From another port of this address (`same-site`: a notebook that links to
 * a run or embeds TensorBoard) that passes. From another site it is first asked, although the page could not read the
 * answer, because some of these services act on a GET (Ray's `/logical/kill_actor`); and it may not embed at all, since a
 * click into a hidden frame would be ours. Programs send neither header, and pass.
 */
export function refusal(request: Asked, port: number): Refusal | undefined {
  const host = header(request, "host")?.toLowerCase();
  const origin = header(request, "origin");
  // A target such as `http://elsewhere/` overrides the Host header by RFC 9112, section 3.2.2.
  if (!request.url?.startsWith("/") || host === undefined || !ownHosts(port).includes(host)) return wrongHost(port);
  if (origin !== undefined && origin !== `http://${host}`) return foreignPage(origin);
  return crossSite(request);
}

/** Repeated headers become one value that matches nothing, so that no two readers can pick different ones. */
function header({ headersDistinct }: Asked, name: string): string | undefined {
  return headersDistinct[name]?.join(", ");
}

function ownHosts(port: number): readonly string[] {
  const names = ["127.0.0.1", "localhost", "[::1]"];
  const full = names.map((name) => `${name}:${port}`);
  return port === 80 ? [...full, ...names] : full;
}

function crossSite(request: Asked): Refusal | undefined {
  const site = header(request, "sec-fetch-site") ?? "none";
  if (site === "none" || site === "same-origin") return undefined;
  const leads = header(request, "sec-fetch-mode") === "navigate" && request.method === "GET";
  const into = header(request, "sec-fetch-dest") ?? "";
  if (site === "same-site" && leads && ["document", "iframe", "frame"].includes(into)) return undefined;
  if (site === "cross-site" && leads && into === "document") return { said: ledHere, ask: true };
  return { said: foreignRequest, ask: false };
}

const ledHere = message("Another web site led here. Go on only if you meant to.");

const foreignRequest = message(
  "Launch Guard refused this: another web page tried to use the service behind this tunnel.",
);

function foreignPage(origin: string): Refusal {
  const page = harmless(origin, { oneLine: true, most: 200 });
  const said = message("Launch Guard refused this: a web page of {page} tried to use the service behind this tunnel.", {
    page,
  });
  return { said, ask: false };
}

function wrongHost(port: number): Refusal {
  const said = message("Launch Guard refused this: the tunnel answers only at http://127.0.0.1:{port}/.", { port });
  return { said, ask: false };
}
