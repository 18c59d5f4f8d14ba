import type { Env } from "../invocation.ts";
import type { SettingUse } from "../launch.ts";
import { type CommandLine, type OptionUse, readOptions } from "../options.ts";
import type { Edit } from "../text.ts";
import type { Setting, Tool } from "../tools/tool.ts";
import { literal, origin, span, spelled, uses, type Word } from "../word.ts";
import type { Settings } from "./conditions.ts";
import { grammarOf } from "./grammar.ts";

/** The settings that count, and those that stand in variables and do not. */
export type Given = { readonly settings: Settings; readonly overruled: Settings };

/** Reads a tool's arguments and environment into its settings, the way its own parser does. */
export function readSettings(tool: Tool, args: readonly Word[], env: Env): Given {
  const line = readOptions(args, grammarOf(tool));
  const given = fromOptions(tool, line);
  const settings = new Map<string, readonly SettingUse[]>();
  const overruled = new Map<string, readonly SettingUse[]>();
  for (const setting of tool.settings) {
    const typed = [...(given.get(setting) ?? []), ...fromArguments(setting, line)];
    const inherited = fromVariables(setting, env);
    const used = typed.length > 0 ? typed : inherited.slice(0, 1);
    overruled.set(setting.name, typed.length > 0 ? inherited : inherited.slice(1));
    // The last one wins; those before it that say the same have to go with it.
    const counts = (use: SettingUse) => setting.many || setting.several || use.text === used.at(-1)?.text;
    if (used.length > 0) settings.set(setting.name, used.filter(counts));
  }
  return { settings, overruled };
}

function fromOptions(tool: Tool, { options }: CommandLine): Map<Setting, SettingUse[]> {
  const spellings = spellingsOf(tool);
  const given = new Map<Setting, SettingUse[]>();
  for (const option of options) {
    const spelling = spellings.get(option.name);
    const use = spelling && useOf(spelling, option);
    if (use) given.set(use.setting, [...(given.get(use.setting) ?? []), use]);
  }
  return given;
}

/** What an option means: a value for a setting, or a switch that sets it. */
type Spelling = { readonly setting: Setting; readonly sets: "value" | "true" | "false" };

/** Made once for each tool, because every launch asks for it. */
const spellings = new WeakMap<Tool, ReadonlyMap<string, Spelling>>();

function spellingsOf(tool: Tool): ReadonlyMap<string, Spelling> {
  const made = spellings.get(tool) ?? new Map(tool.settings.flatMap(spellingsOfSetting));
  spellings.set(tool, made);
  return made;
}

function spellingsOfSetting(setting: Setting): [string, Spelling][] {
  const all = (names: readonly string[] = [], sets: Spelling["sets"]) =>
    names.map((name): [string, Spelling] => [name, { setting, sets }]);
  return [...all(setting.options, "value"), ...all(setting.switches, "true"), ...all(setting.negations, "false")];
}

function useOf({ setting, sets }: Spelling, option: OptionUse): SettingUse | undefined {
  if (sets !== "value") return switchUse(setting, option, sets);
  return option.value && optionUse(setting, option, option.value);
}

function fromArguments(setting: Setting, { args }: CommandLine): SettingUse[] {
  if (setting.positional === undefined) return [];
  const pattern = new RegExp(setting.positional, "i");
  return args
    .filter((word) => pattern.test(spelled(word)))
    .map((word) => optionUse(setting, { name: "", value: word, words: [word] }, word));
}

/** Its variables that are set; the first one counts. */
function fromVariables(setting: Setting, env: Env): SettingUse[] {
  return (setting.variables ?? []).flatMap((name): SettingUse[] => {
    const variable = env.get(name);
    if (!variable) return [];
    const { value, at } = variable;
    return [
      {
        setting,
        from: value.implied ? "image" : "variable",
        name,
        text: unquoted(literal(value)),
        value,
        // A value that was passed on from elsewhere, from `.env` perhaps, stands there.
        at: uses(value).length > 0 ? origin(value) : at,
        via: uses(value),
        remove: () => value.edit.remove(),
        replace: (text) => value.edit.replace(text),
      },
    ];
  });
}

function optionUse(setting: Setting, option: OptionUse, value: Word): SettingUse {
  const text = unquoted(literal(value));
  return {
    setting,
    from: value.implied ? "image" : "option",
    name: typedName(option),
    text,
    value,
    at: text === "" ? emptyPlace(option, value) : valuePlace(option, value),
    via: uses(value),
    remove: () => removeAll(option.words),
    replace: (replacement) => value.edit.replace(replacement),
  };
}

/** The option as it is typed: another spelling or an abbreviation of its name, perhaps. */
function typedName({ name, words }: OptionUse): string {
  const typed = words[0] ? (spelled(words[0]).split("=")[0] ?? name) : name;
  return typed.startsWith("--") ? typed : name;
}

/** A switch of its own, or `--flag=false`. */
function switchUse(setting: Setting, option: OptionUse, text: string): SettingUse {
  const word = option.words[0];
  const given = option.value ? literal(option.value) : text;
  return {
    setting,
    from: word?.implied ? "image" : "option",
    name: typedName(option),
    text: given,
    ...(option.value && { value: option.value }),
    at: word ? originOf(word) : { path: "", start: 0, end: 0 },
    via: word ? uses(word) : [],
    remove: () => removeSwitch(option),
    replace: () => undefined,
  };
}

/** The literal where it stands; a value that is a word of its own with its quotes. */
function valuePlace({ words }: OptionUse, value: Word): SettingUse["at"] {
  return words.includes(value) ? originOf(value) : origin(value);
}

/** A whole word is underlined with its quotes, unless it came through a variable. */
function originOf(word: Word): SettingUse["at"] {
  return uses(word).length > 0 ? origin(word) : word.at;
}

/** An empty value has nothing to underline but its option; one that was emptied elsewhere stands there. */
function emptyPlace(option: OptionUse, value: Word): SettingUse["at"] {
  if (uses(value).length > 0) return value.pieces[0]?.at ?? value.at;
  const [name] = option.words;
  if (!name || option.words.length === 1) return name?.at ?? value.at;
  return (
    span([
      { unknown: "", at: name.at },
      { unknown: "", at: value.at },
    ]) ?? value.at
  );
}

/** A letter that stands with others, as in `-NgL 8888:localhost:8888`, goes alone. */
function removeSwitch({ name, words }: OptionUse): Edit[] | undefined {
  const [word] = words;
  const text = literal(word) ?? "";
  const clustered = /^-[^-]$/.test(name) && text.length > 2;
  return clustered && word ? word.edit.replace(text.replace(name.slice(1), "")) : removeAll(words);
}

function removeAll(words: readonly Word[]): Edit[] | undefined {
  const edits = words.map((word) => (word.implied ? undefined : word.edit.remove()));
  return edits.every((edit) => edit !== undefined) ? edits.flat() : undefined;
}

/** Without the one layer of quotes that Jupyter, and a shell that is not there, would have taken off. */
function unquoted(text: string | undefined): string | undefined {
  return text === undefined ? undefined : (/^'(.*)'$/.exec(text)?.[1] ?? text);
}
