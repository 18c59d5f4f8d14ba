import { CST } from "yaml";
import { once } from "../../once.ts";
import type { Edit, Place } from "../../text.ts";
import type { Slot } from "../../word.ts";
import type { SourceFile } from "../source.ts";
import { anchorsOf, type Holder, holderOf } from "./anchors.ts";
import { addEntries, type Collection, removeEntry } from "./edits.ts";
import { type Entry, extentOf, headEnd, isEntry, valueEnd } from "./extent.ts";
import type { Yaml, YamlList, YamlMap, YamlPair, YamlScalar } from "./node.ts";
import { type ScalarToken, scalarPieces, scalarText } from "./pieces.ts";
import { plainOrQuoted, quotedLike } from "./quoting.ts";

/** What reading needs beside the value itself. */
type Reader = {
  readonly file: SourceFile;
  /** The text that was parsed: as long as the file's, with templates masked. */
  readonly text: string;
  anchor(name: string, before: number): Holder | undefined;
  /** How many entries may still be read through aliases: a small file can name a huge one. */
  budget: number;
};

type Around = Pick<Slot, "remove" | "after">;
type Common = Pick<Yaml, "at" | "via" | "tag">;
type Items = CST.BlockMap | CST.BlockSequence | CST.FlowCollection;

const maximumAliases = 20;
const alone: Around = { remove: () => undefined, after: () => undefined };

export type Documents = {
  readonly values: readonly Yaml[];
  /** Whether something was left out because aliases make the file much larger than it is. */
  isExhausted(): boolean;
};

/** The values of the documents in `tokens`, each read when it is asked for. */
export function readDocuments(tokens: readonly CST.Token[], file: SourceFile, text: string): Documents {
  const anchors = once(() => anchorsOf(tokens));
  const reader: Reader = { file, text, anchor: (name, before) => anchors()(name, before), budget: 100_000 };
  const holders = tokens.flatMap((token): Holder[] =>
    token.type === "document" ? [{ marks: token.start, token: token.value, entry: undefined }] : [],
  );
  return {
    values: holders.map((holder) => readValue(reader, holder, alone, [])),
    isExhausted: () => reader.budget < 0,
  };
}

function readValue(reader: Reader, holder: Holder, around: Around, via: readonly Place[]): Yaml {
  const { token, marks } = holder;
  const common: Common = {
    at: placeOf(reader, holder),
    via,
    tag: marks.findLast(({ type }) => type === "tag")?.source,
  };
  switch (token?.type) {
    case "alias":
      return readAlias(reader, token, common, around);
    case "scalar":
    case "single-quoted-scalar":
    case "double-quoted-scalar":
    case "block-scalar":
      return isNull(token, common) ? { kind: "null", ...common } : readScalar(reader, token, common, around);
    case "block-map":
      return readMap(reader, holder, token, common);
    case "block-seq":
      return readList(reader, holder, token, common);
    case "flow-collection":
      return (token.start.source === "{" ? readMap : readList)(reader, holder, token, common);
    default:
      return { kind: "null", ...common };
  }
}

function placeOf({ file }: Reader, { token, entry }: Holder): Place {
  const start = token?.offset ?? (entry && headEnd(entry)) ?? 0;
  return { path: file.path, start, end: (token && valueEnd(token)) ?? start };
}

function isNull({ type, source }: ScalarToken, { tag }: Common): boolean {
  return type === "scalar" && tag === undefined && nulls.has(source);
}

const nulls: ReadonlySet<string> = new Set(["", "~", "null", "Null", "NULL"]);

function readAlias(reader: Reader, token: CST.FlowScalar, common: Common, around: Around): Yaml {
  const { at, via } = common;
  const target = via.length < maximumAliases ? reader.anchor(token.source.slice(1), token.offset) : undefined;
  return target ? readValue(reader, target, around, [at, ...via]) : { kind: "null", ...common };
}

function readScalar(reader: Reader, token: ScalarToken, { at, via, tag }: Common, around: Around): YamlScalar {
  return {
    kind: "scalar",
    at,
    via,
    tag,
    word: () => ({
      pieces: scalarPieces(token, reader.file, reader.text),
      at,
      edit: { replace: (text) => replaceScalar(token, at, text), remove: around.remove, after: around.after },
    }),
  };
}

function replaceScalar(token: ScalarToken, at: Place, text: string): Edit[] | undefined {
  if (token.type === "block-scalar") return undefined;
  const written = token.type === "scalar" ? plainOrQuoted(text, token.source) : quotedLike(text, token.source);
  return written === undefined ? undefined : [{ ...at, text: written }];
}

function readList(reader: Reader, holder: Holder, token: Items, { at, via, tag }: Common): YamlList {
  const collection = once(() => collectionOf(reader, holder, token, "[]"));
  const items = once(() =>
    affordable(reader, token, via).map((entry, index) =>
      readValue(reader, holderOf(entry), aroundItem(collection, entry, index), via),
    ),
  );
  return { kind: "list", at, via, tag, items };
}

function aroundItem(collection: () => Collection, entry: Entry, index: number): Around {
  return {
    remove: () => removeEntry(collection(), index),
    after(words) {
      const { flow, file } = collection();
      const texts = words.map((word) => quotedLike(word, file.text.charAt(entry.value?.offset ?? 0)));
      if (!texts.every((text) => text !== undefined)) return undefined;
      return addEntries(collection(), index, flow ? texts : texts.map((text) => `- ${text}`));
    },
  };
}

/** A pair of a map as it is written, and its number. */
type Keyed = { readonly key: string; readonly entry: Entry; readonly index: number };

function readMap(reader: Reader, holder: Holder, token: Items, { at, via, tag }: Common): YamlMap {
  const collection = once(() => collectionOf(reader, holder, token, "{}"));
  const keyed = once(() => affordable(reader, token, via).flatMap(withKey));
  const around = (index: number): Around => ({
    remove: () => removeEntry(collection(), index),
    after: () => undefined,
  });
  const readOwn = ({ entry, index }: Keyed) => readValue(reader, holderOf(entry), around(index), via);
  const pairOf = (each: Keyed): YamlPair => ({
    key: each.key,
    at: { path: reader.file.path, ...(extentOf(each.entry) ?? at) },
    value: readOwn(each),
    remove: around(each.index).remove,
    add: (key, value) => addEntries(collection(), each.index, [`${key}: ${value}`]),
  });
  const merged = once(() => keyed().flatMap((each) => (each.key === mergeKey ? mapsOf(readOwn(each)) : [])));
  const own = once(() => keyed().filter(({ key }) => key !== mergeKey));
  return {
    kind: "map",
    at,
    via,
    tag,
    pairs: once(() =>
      lastOfEachKey([
        ...merged()
          .toReversed()
          .flatMap((map) => map.pairs()),
        ...own().map(pairOf),
      ]),
    ),
    get(key) {
      const found = own().findLast((each) => each.key === key);
      return found ? readOwn(found) : firstOf(merged(), key);
    },
  };
}

function withKey(entry: Entry, index: number): Keyed[] {
  return CST.isScalar(entry.key) ? [{ key: scalarText(entry.key), entry, index }] : [];
}

const mergeKey = "<<";

/** The maps that `<<` brings in; the first that has a key counts. */
function mapsOf(value: Yaml): YamlMap[] {
  if (value.kind === "map") return [value];
  return value.kind === "list" ? value.items().filter((item) => item.kind === "map") : [];
}

function firstOf(maps: readonly YamlMap[], key: string): Yaml | undefined {
  for (const map of maps) {
    const value = map.get(key);
    if (value) return value;
  }
  return undefined;
}

function lastOfEachKey(pairs: readonly YamlPair[]): YamlPair[] {
  return [...new Map(pairs.map((pair) => [pair.key, pair])).values()];
}

/** The entries of a collection, or none when aliases have already been followed too often. */
function affordable(reader: Reader, { items }: Items, via: readonly Place[]): readonly Entry[] {
  if (via.length > 0) reader.budget -= items.length + 1;
  return reader.budget < 0 ? [] : items.filter(isEntry);
}

function collectionOf({ file }: Reader, { entry }: Holder, token: Items, nothing: Collection["nothing"]): Collection {
  const entries = token.items.flatMap((entry) => extentOf(entry) ?? []);
  return { file, entries, flow: token.type === "flow-collection", nothing, owner: entry && headEnd(entry) };
}
