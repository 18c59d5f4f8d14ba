import type { OptionUse } from "./options.ts";
import { literal, type Word } from "./word.ts";

/** The `ssh` that a launch is behind: what leads to the machine that it runs on, by way of another one that ran it. */
export type Ssh = { readonly host: Word; readonly options: readonly OptionUse[]; readonly via: Ssh | undefined };

/**
 * The host as one who connects to it names it, with what `-l` and `-p` add: `user@host:port`. Nothing where it takes more
 * to get there (`-o`, `-F`, `-J`, another machine), or where it is not known.
 */
export function destination({ host, options, via }: Ssh): string | undefined {
  let name = via ? undefined : literal(host);
  for (const option of options) {
    const value = literal(option.value);
    if (option.name === "-l") name = value && name && `${value}@${name}`;
    if (option.name === "-p") name = value && name && `${name}:${value}`;
    if (/-[oFJ]/.test(option.name)) return undefined;
  }
  return name;
}
