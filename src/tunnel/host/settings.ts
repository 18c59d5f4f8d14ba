/**
 * What the ssh config says of one host, in the words of `ssh -G`: keywords in lower case, each with its values in
 * order. A list that `ssh -G` prints in one line is one value.
 */
export type Settings = ReadonlyMap<string, readonly string[]>;

/** The first value of a keyword; `none` is none, as OpenSSH has it for paths and commands. */
export function setting(settings: Settings, keyword: string): string | undefined {
  const value = settings.get(keyword)?.[0];
  return value === "none" || value === "" ? undefined : value;
}

/** Flags are `yes` or `no`; `ssh -G` prints those that know further answers as `true` and `false`. */
export function isOn(settings: Settings, keyword: string): boolean {
  return /^(?:yes|true)$/.test(settings.get(keyword)?.[0] ?? "");
}

/** Splits a comma-separated list. */
export function listOf(value: string | undefined): readonly string[] | undefined {
  return value?.split(",").filter((part) => part !== "");
}
