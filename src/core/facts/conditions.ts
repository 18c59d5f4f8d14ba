import type { SettingUse } from "../launch.ts";
import type { Condition, Match } from "../tools/tool.ts";

export type Settings = ReadonlyMap<string, readonly SettingUse[]>;

/** The uses of a setting that meet a condition. */
export function meeting(settings: Settings, condition: Condition): readonly SettingUse[] {
  return (settings.get(condition.setting) ?? []).filter((use) => meets(use, condition.when));
}

export function holds(settings: Settings, condition: Condition): boolean {
  return meeting(settings, condition).length > 0;
}

/** Whether a setting's value is what `match` says; an unknown value meets `set` and `filled` only. */
export function meets(use: SettingUse, match: Match): boolean {
  if (match === "set") return true;
  if (match === "filled") return use.text !== "";
  const { text } = use;
  if (text === undefined) return false;
  if (match === "empty") return text === "";
  if (match === "true") return isTrue(use, text);
  if (match === "false") return isFalse(use, text);
  if (match === "secret") return isSecret(text);
  if ("in" in match) return match.in.some((value) => value.toLowerCase() === text.toLowerCase());
  return new RegExp(match.pattern).test(text);
}

function isTrue({ setting }: SettingUse, text: string): boolean {
  return setting.truth ? setting.truth.includes(text) : /^(1|true|t|yes|y|on)$/i.test(text);
}

function isFalse({ setting }: SettingUse, text: string): boolean {
  return setting.truth ? !setting.truth.includes(text) : /^(0|false|f|no|n|off)$/i.test(text);
}

/** What stands where a secret belongs and is none: a placeholder, an example, a hash, a reference to elsewhere. */
const placeholder =
  /^(<.*>|\[.*\]|\{\{.*\}\}|\$\{?.*|%\(.*|x{3,}|\*{3,}|\.{3,}|none|null|empty|true|false|(your|my|some|the|insert|replace|enter|put)[-_ ].*|changeme|change[-_]me|todo|key goes here|secret[-_]?here|token[-_]?here|placeholder|example|dummy|sk-1234|(argon2|sha1|sha256|scrypt|bcrypt|pbkdf2)[:$].*|\$(2[aby]|6|5)\$.*|\/[\w./-]+|file:.*)$/i;

/** Whether a text is a secret that someone could use. */
function isSecret(text: string): boolean {
  return text !== "" && !placeholder.test(text);
}
