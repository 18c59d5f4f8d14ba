import type { Bind, Fact, Ports, Runs } from "./invocation.ts";
import type { Edit, Place } from "./text.ts";
import type { Setting, Tool } from "./tools/tool.ts";
import type { Word } from "./word.ts";

/** One setting as a launch gives it: by an option, a switch or a variable. */
export type SettingUse = {
  readonly setting: Setting;
  readonly from: "option" | "variable" | "image";
  /** The option or the variable as it is typed here, without its value. */
  readonly name: string;
  /** The value; `undefined` where it is only known when it runs. A switch is `true` or `false`. */
  readonly text: string | undefined;
  /** The value as a word; absent for a switch. */
  readonly value?: Word;
  /** What to underline: the literal, or the whole where there is none to see. */
  readonly at: Place;
  /** Further places that carried it here: uses of a variable. */
  readonly via: readonly Place[];
  /** Edits that take the option or the assignment out. */
  remove(): Edit[] | undefined;
  /** Edits that put another value in its place. */
  replace(text: string): Edit[] | undefined;
};

/** A setting that gives an address, and where the address itself is written. */
export type BindUse = { readonly use: SettingUse; readonly at: Place };

/** Something of a launch that listens. */
export type Endpoint = {
  readonly role: "main" | "internal";
  /** What listens, for messages: `dashboard`; absent for the only one. */
  readonly what?: string;
  readonly bind: Fact<Bind>;
  /** The settings that decide the address, where any does; several that say the same. */
  readonly boundBy: readonly BindUse[];
  /** The addresses' fix: edits that leave it on this machine only. */
  loopback(): Edit[] | undefined;
  /** Where nothing gives an address: edits that add one for this machine only. */
  addLoopback(): Edit[] | undefined;
  /** The ports it takes; several where nothing says which (`[]`: some port). */
  readonly ports: readonly Ports[];
  /** Nobody gave a port: these are the tool's own. */
  readonly defaultPort: boolean;
};

/** One server start of a known tool, whatever started it. */
export type Launch = {
  readonly tool: Tool;
  /** The statement, instruction or key that starts it. */
  readonly at: Place;
  /** The first word of the command: where a default is reported. */
  readonly command: Word;
  readonly endpoints: readonly Endpoint[];
  readonly auth: Fact<"on" | "off" | "none">;
  /** The settings that switched authentication off. */
  readonly authUses: readonly SettingUse[];
  readonly user: Fact<"root" | "other">;
  readonly runs: Runs;
  readonly settings: ReadonlyMap<string, readonly SettingUse[]>;
  /** Variables that an option overrules: nothing comes of them, but a secret in one is written all the same. */
  readonly overruled: ReadonlyMap<string, readonly SettingUse[]>;
  /** It goes on when the command that started it has ended: `&`, `docker run -d`, `ray start`. */
  readonly detached: boolean;
  /** Its image is known to give up root before the server starts. */
  readonly dropsRoot: boolean;
  /** What tells that it is this tool: its command, its image's name alone, a published port alone. */
  readonly knownBy: "command" | "image" | "port";
  /** Places in other files that lead here. */
  readonly because: readonly Place[];
};
