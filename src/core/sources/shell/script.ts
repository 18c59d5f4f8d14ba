import type { Invocation } from "../../invocation.ts";
import type { Mapped } from "../../mapped.ts";
import type { Word } from "../../word.ts";

export function scriptInvocations(
  _script: Mapped,
  _outer: Invocation,
  _parameters: readonly Word[] | undefined,
): Invocation[] {
  return [];
}

export function splitWords(word: Word): Word[] {
  return [word];
}

export function isShellScript(_path: string, _text: string): boolean {
  return false;
}
