import type { CST } from "yaml";
import type { Entry } from "./extent.ts";

/** Visits every token under `roots` in the order of the file. It recurses: `isDeeper` comes first. */
export function visitTokens(roots: readonly CST.Token[], visit: (token: CST.Token) => void): void {
  for (const token of roots) visitToken(token, visit);
}

/** Visits every item and pair under `roots`, outer ones first. */
export function visitEntries(roots: readonly CST.Token[], visit: (entry: Entry) => void): void {
  for (const token of roots) {
    if (token.type === "document" && token.value) visitEntries([token.value], visit);
    if (!("items" in token)) continue;
    for (const entry of token.items) {
      visit(entry);
      if (entry.key) visitEntries([entry.key], visit);
      if (entry.value) visitEntries([entry.value], visit);
    }
  }
}

/** Whether collections stand inside each other more than `limit` deep. */
export function isDeeper(token: CST.Token | null | undefined, limit: number): boolean {
  if (token?.type === "document") return isDeeper(token.value, limit);
  if (!token || !("items" in token)) return false;
  if (limit === 0) return true;
  for (const { key, value } of token.items) {
    if (isDeeper(key, limit - 1) || isDeeper(value, limit - 1)) return true;
  }
  return false;
}

function visitToken(token: CST.Token, visit: (token: CST.Token) => void): void {
  visit(token);
  if (token.type === "document") {
    visitTokens(token.start, visit);
    if (token.value) visitToken(token.value, visit);
  }
  if ("items" in token) {
    for (const { start, key, sep, value } of token.items) {
      visitTokens(start, visit);
      if (key) visitToken(key, visit);
      if (sep) visitTokens(sep, visit);
      if (value) visitToken(value, visit);
    }
  }
  if ("props" in token) visitTokens(token.props, visit);
  if ("end" in token && token.end) visitTokens(token.end, visit);
}
