/** Headers as Node gives them raw: name, value, name, value … */
export type RawHeaders = readonly string[];

/**
 * The headers that go on to the other side as they were sent; those that concern only one connection do not. RFC 9110,
 * section 7.6.1, and `Expect`, which the front has answered itself.
 */
export function endToEnd(raw: RawHeaders): string[] {
  const named = valuesOf(raw, "connection").flatMap((value) => value.toLowerCase().split(/\s*,\s*/));
  const stays = new Set([...hopByHop, ...named]);
  return raw.flatMap((name, index) => {
    if (index % 2 === 1 || stays.has(name.toLowerCase())) return [];
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
