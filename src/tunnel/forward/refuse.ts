import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { type Message, render } from "../../core/message.ts";
import type { Refusal } from "./guard.ts";

/** Answers in the service's place, with a sentence. */
export function say(response: ServerResponse, status: number, said: Message): void {
  response.writeHead(status, { ...always, "content-type": "text/plain; charset=utf-8" });
  response.end(`${render(said)}\n`);
}

/** Answers 403; a person who was led here gets a link to go on, which the guard lets pass as same-origin. */
export function refuse(response: ServerResponse, { said, ask }: Refusal): void {
  if (ask) askFirst(response, said);
  else say(response, 403, said);
}

function askFirst(response: ServerResponse, said: Message): void {
  response.writeHead(403, {
    ...always,
    "content-type": "text/html; charset=utf-8",
    // No frame may show it, because a click in a hidden one would count as a person's.
    "content-security-policy": `default-src 'none'; script-src '${hashOf(keepFragment)}'; frame-ancestors 'none'`,
  });
  response.end(askPage(render(said)));
}

const always = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

/**
 * The link leads to the page's own address, so nothing of the request is repeated in it. The script adds the fragment,
 * in which MLflow keeps which run is meant; in a new tab, because there an address with a fragment is loaded and not
 * only scrolled to.
 */
const keepFragment = "document.links[0].href = location.href";

function askPage(sentence: string): string {
  return `<!doctype html>
<html lang="en">
<title>Launch Guard</title>
<p>${sentence}</p>
<p><a href="" target="_blank">Open it</a></p>
<script>${keepFragment}</script>
</html>
`;
}

function hashOf(script: string): string {
  return `sha256-${createHash("sha256").update(script).digest("base64")}`;
}
