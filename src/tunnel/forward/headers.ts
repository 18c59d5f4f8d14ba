/** Headers as Node gives them raw: name, value, name, value … */
export type RawHeaders = readonly string[];

/**
 * The headers that go on to the other side as they were sent; those that concern only one connection do not. RFC 9110,
 * section 7.6.1, and `Expect`, which the front has answered itself.
 */
export function endToEnd(raw: RawHeaders): string[] {
  const named = valuesOf(raw, "connection").flatMap((value) => value.toLowerCase().split(/\s*,\s*/));
  return without(raw, new Set([...hopByHop, ...named.filter((name) => !needed.has(name))]));
}

/** The headers but for those with these names, in lower case. */
export function without(raw: RawHeaders, names: ReadonlySet<string>): string[] {
  return raw.flatMap((name, index) => {
    if (index % 2 === 1 || names.has(name.toLowerCase())) return [];
    return [name, raw[index + 1] ?? ""];
  });
}

/** Every value of a header, in order. */
export function valuesOf(raw: RawHeaders, wanted: string): string[] {
  return raw.filter((_, index) => index % 2 === 1 && raw[index - 1]?.toLowerCase() === wanted);
}

const hopByHop = [
  "connection",
  "expect",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

/** Never of one connection only, whatever `Connection` says: without its length, a body would be read as a request. */
const needed: ReadonlySet<string> = new Set(["host", "content-length"]);
