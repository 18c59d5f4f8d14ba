import type { Grammar } from "../options.ts";
import type { Tool } from "../tools/tool.ts";

/** Kept, because it is asked for at every launch. */
const grammars = new WeakMap<Tool, Grammar>();

/** How a tool's own parser reads its command line. */
export function grammarOf(tool: Tool): Grammar {
  const made = grammars.get(tool) ?? makeGrammar(tool);
  grammars.set(tool, made);
  return made;
}

function makeGrammar({ parser, settings, valueOptions, plainOptions }: Tool): Grammar {
  return {
    values: new Set([...valueOptions, ...settings.flatMap((setting) => setting.options ?? [])]),
    plain: new Set([...plainOptions, ...settings.flatMap((s) => [...(s.switches ?? []), ...(s.negations ?? [])])]),
    several: new Set(settings.filter((setting) => setting.several).flatMap((setting) => setting.options ?? [])),
    ...(parser !== "click" && parser !== "pflag" && { abbreviations: true as const }),
    ...(parser === "vllm" && { normalize: dashed }),
  };
}

/** vLLM takes `_` for `-` in front of the first dot. Source: vllm/utils/argparse_utils.py @00da11e3. */
function dashed(name: string): string {
  const dot = name.indexOf(".");
  return dot < 0 ? name.replaceAll("_", "-") : name.slice(0, dot).replaceAll("_", "-") + name.slice(dot);
}
