import { type CST, Parser } from "yaml";
import type { Place } from "../../text.ts";
import type { Limit, SourceFile } from "../source.ts";
import { extentOf } from "./extent.ts";
import { maskTemplates } from "./mask.ts";
import type { Yaml } from "./node.ts";
import { readDocuments } from "./read.ts";
import { isDeeper, visitEntries, visitTokens } from "./tokens.ts";

/**
 * A YAML file; broken ones are read as far as they can be.
 *
 * It is read from the parser's own tree and not from `parseAllDocuments`: only what is asked for is turned into values,
 * each scalar is the text that stands there (`8888:8888`, `0x10`), and the same tree has the comments.
 */
export type YamlFile = {
  /** What each of its documents holds. */
  readonly documents: readonly Yaml[];
  /** Each comment with its sign. */
  comments(): readonly Place[];
  /** Each pair with its key and each item of a list, outer ones first. */
  blocks(): readonly Place[];
  limits(): readonly Limit[];
};

const maximumLength = 1_000_000;
const maximumDepth = 100;

/** Reads a YAML file, which may be a template of one. */
export function readYaml(file: SourceFile): YamlFile {
  if (file.text.length > maximumLength) return unread(file, "size");
  const text = maskTemplates(file.text);
  const tokens = parse(text);
  if (!tokens) return unread(file, "nesting");
  const documents = readDocuments(tokens, file, text);
  return {
    documents: documents.values,
    comments: () => commentsOf(tokens, file.path),
    blocks: () => blocksOf(tokens, file.path),
    limits: () => (documents.isExhausted() ? [{ at: firstLine(file), what: "nesting" }] : []),
  };
}

function parse(text: string): CST.Token[] | undefined {
  try {
    const tokens = [...new Parser().parse(text)];
    return tokens.some((token) => isDeeper(token, maximumDepth)) ? undefined : tokens;
  } catch {
    // The parser recurses where a block ends: one that is nested too deep exhausts the stack before it can be measured.
    return undefined;
  }
}

function commentsOf(tokens: readonly CST.Token[], path: string): Place[] {
  const comments: Place[] = [];
  visitTokens(tokens, (token) => {
    if (token.type === "comment") comments.push({ path, start: token.offset, end: token.offset + token.source.length });
  });
  return comments;
}

function blocksOf(tokens: readonly CST.Token[], path: string): Place[] {
  const blocks: Place[] = [];
  visitEntries(tokens, (entry) => {
    const extent = extentOf(entry);
    if (extent) blocks.push({ path, ...extent });
  });
  return blocks;
}

function unread(file: SourceFile, what: Limit["what"]): YamlFile {
  const limits = [{ at: firstLine(file), what }];
  return { documents: [], comments: () => [], blocks: () => [], limits: () => limits };
}

function firstLine({ path, text }: SourceFile): Place {
  return { path, start: 0, end: /^[^\r\n]*/.exec(text)?.[0].length ?? 0 };
}
