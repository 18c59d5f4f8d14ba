import type { Edit, Place } from "../../text.ts";
import type { Word } from "../../word.ts";

/**
 * A value of a YAML file. Aliases are followed and merge keys (`<<`) joined, so that every value stands where it is
 * defined; `via` are the aliases it came through, the outermost last. `at` is without anchor and tag.
 */
export type Yaml = YamlNull | YamlScalar | YamlMap | YamlList;

type Common = { readonly at: Place; readonly tag: string | undefined; readonly via: readonly Place[] };

/** `null`, `~` or nothing at all. */
export type YamlNull = Common & { readonly kind: "null" };

/** Any other scalar; numbers and booleans as they are written. Its word is removed with its pair or its item. */
export type YamlScalar = Common & { readonly kind: "scalar"; word(): Word };

export type YamlList = Common & { readonly kind: "list"; items(): readonly Yaml[] };

/** Of pairs with the same key the one that counts is there: the map's own before merged ones. */
export type YamlMap = Common & {
  readonly kind: "map";
  pairs(): readonly YamlPair[];
  get(key: string): Yaml | undefined;
};

export type YamlPair = {
  readonly key: string;
  /** The key with its value. */
  readonly at: Place;
  readonly value: Yaml;
  readonly remove: () => Edit[] | undefined;
  /** Puts another pair behind it. */
  readonly add: (key: string, value: string) => Edit[] | undefined;
};
