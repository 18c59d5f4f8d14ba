import type { Message } from "./message.ts";
import type { RuleId } from "./rule-ids.ts";
import type { Severity } from "./severity.ts";
import type { Edit, Place } from "./text.ts";

/** How sure we are: a literal; a default, a variable or an image's name; a port alone. */
export type Confidence = "high" | "medium" | "low";

/** What is reported besides the fourteen rules: about ignore comments, and about what was too large to read. */
export type HousekeepingId = "unknown-rule" | "unused-ignore" | "forbidden-ignore" | "too-large";

/** Something a user should know, and what can be done about it. */
export type Finding = {
  readonly rule: RuleId | HousekeepingId;
  /** The tool's id; empty for housekeeping. */
  readonly tool: string;
  /** What is underlined: the offending token. */
  readonly at: Place;
  readonly message: Message;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly related: readonly Related[];
  /** The best one first. */
  readonly fixes: readonly Fix[];
  /** Why it is unsafe and what decided the severity, for the hover: whole sentences. */
  readonly why: readonly Message[];
  /** Where the setting is documented. */
  readonly reference?: string;
  readonly cves: readonly { readonly id: string; readonly about: string; readonly url: string }[];
  /** Where the server is to be found, once it listens on loopback only. */
  readonly listens?: Listens;
  /** The code has no effect any more, or never had one. */
  readonly unnecessary?: true;
};

/** What a launch says of its place: the port, where it is one, and the host of `ssh HOST …`. */
export type Listens = { readonly port?: number; readonly sshHost?: string };

/** `rule` is set where the place is another finding of the same launch. */
export type Related = { readonly at: Place; readonly message: Message; readonly rule?: RuleId | HousekeepingId };

/** A change that makes the finding go away. `safe`: the program still does its job for its owner afterwards. */
export type Fix = { readonly title: Message; readonly edits: readonly Edit[]; readonly safe: boolean };
