import { isAddress, readBind } from "./bind.ts";
import type { Bind, Ports, Publish } from "./invocation.ts";
import { contains, type Edit, type Place, placeKey } from "./text.ts";
import { isKnown, type Known, literal, sliceWord, spelled, UNKNOWN, type Word } from "./word.ts";

/**
 * The ports that one `-p`, or one item of compose's `ports`, passes on: `[ADDRESS:][HOST:]CONTAINER[/PROTOCOL]`, each
 * port a number or a range. Docker splits at every colon: the last part is the container's port, the one before it the
 * machine's, all the rest the address, so that IPv6 needs no brackets.
 * Sources: docker/go-connections nat, docker/cli opts/port.go, compose-spec 05-services.md.
 */
export function publishes(word: Word, podman = false): Publish[] {
  const text = spelled(word);
  if (/(^|,)(target|published)=/.test(text)) return [fromFields(word, text)];
  if (!podman || !text.includes(",")) return [fromMapping(word)];
  return commaParts(text).map(({ start, end }) => fromMapping(sliceWord(word, start, end)));
}

/** The port or range that a text gives; a port that is not known is some port. */
export function readPorts(text: string): Ports {
  const [, from, to] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  if (from === undefined) return undefined;
  return { from: Number(from), to: Number(to ?? from) };
}

export function readProtocol(text: string | undefined): Publish["protocol"] {
  const protocol = text?.toLowerCase();
  return protocol === "udp" || protocol === "sctp" ? protocol : "tcp";
}

/** The address that a port is published on. Docker takes no names: what is none is not known. */
export function readAddress(text: string): Bind | "unknown" {
  return text === "" || isAddress(text) ? readBind(text) : "unknown";
}

/** Several mappings in one option, as podman takes them: `8888:8888,6006:6006`. */
function commaParts(text: string): { start: number; end: number }[] {
  let start = 0;
  return text.split(",").map((part) => {
    const range = { start, end: start + part.length };
    start = range.end + 1;
    return range;
  });
}

function fromMapping(word: Word): Publish {
  const [mapping = "", protocol] = spelled(word).split("/");
  const parts = mapping.split(":");
  const container = parts.pop() ?? "";
  const host = parts.pop();
  const address = parts.length > 0 ? parts.join(":") : undefined;
  return {
    word,
    address: address === undefined ? unwrittenAddress(mapping) : readAddress(address),
    host: readPorts(host ?? ""),
    container: readPorts(container),
    protocol: readProtocol(protocol),
    loopback() {
      if (address === undefined && host === undefined) return putInFront(word, "127.0.0.1::");
      if (address === undefined) return putInFront(word, "127.0.0.1:");
      if (address === "") return putInFront(word, "127.0.0.1");
      return address.includes(UNKNOWN) ? undefined : sliceWord(word, 0, address.length).edit.replace("127.0.0.1");
    },
  };
}

/** Everything, unless an unknown piece may hold an address too: `$MAPPING`, the `$PREFIX` of `${PREFIX}8888:8888`. */
function unwrittenAddress(mapping: string): Bind | "unknown" {
  return /^\uE000(\d|$)/.test(mapping) ? "unknown" : "all";
}

/** `target=8888,published=8888,protocol=tcp`: docker reads no address from it. */
function fromFields(word: Word, text: string): Publish {
  const fields = new Map(text.split(",").map((field) => [field.replace(/=.*/s, ""), field.replace(/^[^=]*=?/, "")]));
  const target = fields.get("target") ?? "";
  const published = fields.get("published") ?? "";
  const protocol = fields.get("protocol");
  const suffix = protocol === undefined ? "" : `/${protocol}`;
  return {
    word,
    address: "all",
    host: readPorts(published),
    container: readPorts(target),
    protocol: readProtocol(protocol),
    loopback: () =>
      literal(word) === undefined ? undefined : word.edit.replace(`127.0.0.1:${published}:${target}${suffix}`),
  };
}

/**
 * Writes `text` where the mapping begins. One that came whole out of a variable is changed where its literal stands; one
 * that only begins with a variable (`${PORT:-8888}:8888`) in front of the use, which holds whatever the variable is.
 */
function putInFront(word: Word, text: string): Edit[] | undefined {
  const place = beginning(word, spelled(word).includes(":"));
  return place && [{ path: place.path, start: place.start, end: place.start, text }];
}

function beginning(word: Word, whole: boolean): Place | undefined {
  const [first] = word.pieces;
  // An empty default, as in `${PREFIX:-}8888:8888`, is the place that was meant for an address.
  if (!first || !isKnown(first) || first.text === "") return first?.at;
  const shared = (use: Place) => whole && word.pieces.every((piece) => isKnown(piece) && cameThrough(piece, use));
  return first.via?.findLast((use) => contains(word.at, use) && !shared(use)) ?? first.at;
}

function cameThrough({ via }: Known, use: Place): boolean {
  return via?.some((other) => placeKey(other) === placeKey(use)) ?? false;
}
