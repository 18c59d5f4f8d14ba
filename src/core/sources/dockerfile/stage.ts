import type { Env, Variable } from "../../invocation.ts";
import type { Piece, Word } from "../../word.ts";
import type { Copy, Layers } from "./copies.ts";
import type { Dockerfile, Instruction } from "./instructions.ts";
import type { Scope } from "./variables.ts";

/** One stage of a build, with everything that it inherits from the stage it is made from. */
export type Stage = Layers & {
  readonly file: Dockerfile;
  readonly from: Instruction;
  /** As `AS` names it, in small letters. */
  readonly name: string | undefined;
  readonly parent: Stage | undefined;
  /** The image at the bottom of it all; `undefined` for `scratch`. */
  readonly base: Word | undefined;
  readonly env: Env;
  readonly user: Word | undefined;
  readonly entrypoint: readonly Word[] | undefined;
  readonly command: readonly Word[] | undefined;
  /** Its own CMD or ENTRYPOINT, the last one; `undefined` where it starts what it inherits. */
  readonly start: Instruction | undefined;
};

/** A stage while its instructions are read. */
export type Draft = ArgumentsDraft & { -readonly [Key in keyof Stage]: Stage[Key] } & {
  readonly env: Map<string, Variable>;
  readonly copies: Copy[];
  /** Its command is its own and no inherited one. */
  hasOwnCommand: boolean;
  /** The words in front of the script of shell form. */
  shell: readonly Word[] | undefined;
};

/** The part of a draft that ARG is about. */
export type ArgumentsDraft = {
  readonly file: Dockerfile;
  readonly env: Env;
  /** Build arguments that are declared; `undefined` for one without a value. */
  readonly args: Map<string, readonly Piece[] | undefined>;
  readonly givenArgs: GivenArgs;
};

/** Build arguments from outside, and those before the first FROM. */
export type GivenArgs = {
  readonly outside: ReadonlyMap<string, string>;
  readonly global: ReadonlyMap<string, readonly Piece[] | undefined>;
};

/** What variables mean within an instruction of the stage: ENV beats ARG. */
export function scopeOf({ env, args }: ArgumentsDraft): Scope {
  return (name) => env.get(name)?.value.pieces ?? args.get(name);
}
