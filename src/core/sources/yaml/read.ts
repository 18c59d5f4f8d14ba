import { CST } from "yaml";
import type { Place } from "../../text.ts";
import type { Slot } from "../../word.ts";
import type { SourceFile } from "../source.ts";
import { anchorsOf, type Holder, holderOf } from "./anchors.ts";
import { addEntries, type Collection, removeEntry } from "./edits.ts";
import { type Entry, extentOf, valueEnd } from "./extent.ts";
import type { Yaml, YamlList, YamlMap, YamlPair, YamlScalar } from "./node.ts";
import { once } from "./once.ts";
import { scalarPieces } from "./pieces.ts";
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
type Scalar = CST.FlowScalar | CST.BlockScalar;
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
    token.type === "document" ? [{ marks: token.start, token: token.value, head: undefined }] : [],
  );
  return {
    values: holders.map((holder) => readValue(reader, holder, alone, [])),
    isExhausted: () => reader.budget < 0,
  };
}

function readValue(reader: Reader, holder: Holder, around: Around, via: readonly Place[]): Yaml {
  const { token, marks } = holder;
  const tag = marks.findLast(({ type }) => type === "tag")?.source;
  const common: Common = { at: placeOf(reader, holder), via, ...(tag !== undefined && { tag }) };
  switch (token?.type) {
    case "alias":
      return readAlias(reader, token, common, around);
    case "scalar":
      if (/^(~|null|Null|NULL|)$/.test(token.source) && tag === undefined) return { ...common, kind: "null" };
      return readScalar(reader, token, common, around);
    case "single-quoted-scalar":
    case "double-quoted-scalar":
    case "block-scalar":
      return readScalar(reader, token, common, around);
    case "block-map":
      return readMap(reader, holder, token, common);
    case "block-seq":
      return readList(reader, holder, token, common);
    case "flow-collection":
      return (token.start.source === "{" ? readMap : readList)(reader, holder, token, common);
    default:
      return { ...common, kind: "null" };
  }
}

function placeOf({ file }: Reader, { token, marks, head }: Holder): Place {
  const start = token?.offset ?? head ?? marks[0]?.offset ?? 0;
  return { path: file.path, start, end: (token && valueEnd(token)) ?? start };
}

function readAlias(reader: Reader, token: CST.FlowScalar, { at, via }: Common, around: Around): Yaml {
  const target = via.length < maximumAliases ? reader.anchor(token.source.slice(1), token.offset) : undefined;
  return target ? readValue(reader, target, around, [at, ...via]) : { at, via, kind: "null" };
}

function readScalar(reader: Reader, token: Scalar, common: Common, around: Around): YamlScalar {
  const { path } = reader.file;
  return {
    ...common,
    kind: "scalar",
    block: token.type === "block-scalar",
    word: () => ({
      // Only the value is wanted; what is wrong with it is no concern of ours.
      pieces: scalarPieces(
        CST.resolveAsScalar(token, false, () => undefined),
        reader.text,
        path,
      ),
      at: common.at,
      edit: { ...around, replace: (text) => replaceScalar(token, common.at, text) },
    }),
  };
}

function replaceScalar(token: Scalar, at: Place, text: string) {
  if (token.type === "block-scalar") return undefined;
  const written = token.type === "scalar" ? plainOrQuoted(text, token.source) : quotedLike(text, token.source);
  return written === undefined ? undefined : [{ ...at, text: written }];
}

function readList(reader: Reader, holder: Holder, token: Items, common: Common): YamlList {
  const collection = once(() => collectionOf(reader, holder, token, "[]"));
  return {
    ...common,
    kind: "list",
    items: once(() =>
      affordable(reader, token.items.filter(extentOf), common.via).map((entry, index) =>
        readValue(
          reader,
          holderOf(entry),
          {
            remove: () => removeEntry(collection(), index),
            after(words) {
              const sibling = reader.text.slice(entry.value?.offset ?? 0);
              const texts = words.map((word) => quotedLike(word, sibling));
              if (!texts.every((text) => text !== undefined)) return undefined;
              return addEntries(
                collection(),
                index,
                token.type === "flow-collection" ? texts : texts.map((text) => `- ${text}`),
              );
            },
          },
          common.via,
        ),
      ),
    ),
  };
}

function readMap(reader: Reader, holder: Holder, token: Items, common: Common): YamlMap {
  const collection = once(() => collectionOf(reader, holder, token, "{}"));
  const pairs = once(() => {
    const own: YamlPair[] = [];
    const merged: YamlPair[] = [];
    affordable(reader, token.items.filter(extentOf), common.via).forEach((entry, index) => {
      const pair = readPair(reader, entry, collection, index, common.via);
      if (pair?.key === "<<" && entry.key?.type === "scalar") merged.push(...mergedPairs(pair.value));
      else if (pair) own.push(pair);
    });
    const keys = new Set(own.map(({ key }) => key));
    return [...merged.filter(({ key }) => !keys.has(key)), ...own];
  });
  return { ...common, kind: "map", pairs, get: (key) => pairs().findLast((pair) => pair.key === key)?.value };
}

/** What `<<` brings in: of several maps the first one counts, so it goes last. */
function mergedPairs(value: Yaml): readonly YamlPair[] {
  if (value.kind === "map") return value.pairs();
  return value.kind === "list"
    ? value
        .items()
        .toReversed()
        .flatMap((item) => (item.kind === "map" ? item.pairs() : []))
    : [];
}

function readPair(
  reader: Reader,
  entry: Entry,
  collection: () => Collection,
  index: number,
  via: readonly Place[],
): YamlPair | undefined {
  const extent = extentOf(entry);
  if (!extent || !CST.isScalar(entry.key)) return undefined;
  const { value: key } = CST.resolveAsScalar(entry.key, false, () => undefined);
  const remove = () => removeEntry(collection(), index);
  return {
    key,
    at: { path: reader.file.path, ...extent },
    value: readValue(reader, holderOf(entry), { remove, after: () => undefined }, via),
    remove,
    add: (name, text) => addEntries(collection(), index, [`${name}: ${text}`]),
  };
}

/** The entries, or none when aliases have already been followed too often. */
function affordable(reader: Reader, entries: readonly Entry[], via: readonly Place[]): readonly Entry[] {
  if (via.length > 0) reader.budget -= entries.length + 1;
  return reader.budget < 0 ? [] : entries;
}

function collectionOf({ file }: Reader, { head }: Holder, token: Items, nothing: Collection["nothing"]): Collection {
  const entries = token.items.flatMap((entry) => extentOf(entry) ?? []);
  return { file, entries, flow: token.type === "flow-collection", nothing, owner: head };
}
