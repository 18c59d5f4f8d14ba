import { type ParseArgsConfig, parseArgs } from "node:util";
import { CliError } from "./problem.ts";

type Options = Readonly<Record<string, { readonly type: "string" | "boolean"; readonly short?: string }>>;

/**
 * Options and operands of a command line. `accepts` says which of the options belong here, and `noSuch` what is said
 * of another; throws a `CliError` that names the one that is wrong.
 */
export function readArguments(
  argv: readonly string[],
  options: Options & NonNullable<ParseArgsConfig["options"]>,
  accepts: (name: string) => boolean,
  noSuch: (typed: string) => string,
) {
  // Lenient, because Node's own complaints are not the ones we want to print.
  const { values, positionals, tokens } = parseArgs({
    args: [...argv],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const option = accepts(token.name) ? options[token.name] : undefined;
    if (!option) throw usage(noSuch(token.rawName));
    if (option.type === "boolean" && token.value !== undefined) throw usage(`${token.rawName} takes no value`);
    if (option.type === "string" && !token.value) throw usage(`${token.rawName} needs a value`);
  }
  return { values, positionals };
}

/** What is wrong with how the command was called. */
export function usage(message: string): CliError {
  return new CliError("usage", message);
}
