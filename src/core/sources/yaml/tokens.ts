import type { CST } from "yaml";

/** Every token under `roots` in the order of the file. It does not recurse: a file may be nested as deep as it likes. */
export function* allTokens(roots: readonly CST.Token[]): Generator<CST.Token> {
  const waiting = [...roots].reverse();
  for (let token = waiting.pop(); token; token = waiting.pop()) {
    yield token;
    const children = childrenOf(token);
    for (let index = children.length - 1; index >= 0; index--) {
      const child = children[index];
      if (child) waiting.push(child);
    }
  }
}

/** Whether collections stand inside each other more than `limit` deep. */
export function isDeeper(roots: readonly CST.Token[], limit: number): boolean {
  let level = roots;
  for (let depth = 0; depth <= limit; depth++) {
    level = level.flatMap((token) => childrenOf(token).filter(hasChildren));
    if (level.length === 0) return false;
  }
  return true;
}

function hasChildren({ type }: CST.Token): boolean {
  return type === "block-map" || type === "block-seq" || type === "flow-collection";
}

function childrenOf(token: CST.Token): readonly CST.Token[] {
  switch (token.type) {
    case "document":
      return [...token.start, ...(token.value ? [token.value] : []), ...(token.end ?? [])];
    case "block-map":
    case "block-seq":
      return token.items.flatMap(partsOf);
    case "flow-collection":
      return [...token.items.flatMap(partsOf), ...token.end];
    case "block-scalar":
      return token.props;
    case "alias":
    case "scalar":
    case "single-quoted-scalar":
    case "double-quoted-scalar":
    case "doc-end":
      return token.end ?? [];
    default:
      return [];
  }
}

function partsOf({ start, key, sep, value }: CST.CollectionItem): CST.Token[] {
  return [...start, ...(key ? [key] : []), ...(sep ?? []), ...(value ? [value] : [])];
}
