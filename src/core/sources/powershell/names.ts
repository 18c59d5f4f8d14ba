import { parameters } from "../shell/variables.ts";

/**
 * The name that a variable is kept under, or `undefined` where it is none that is followed. PowerShell tells no upper
 * from lower case, and keeps its own variables apart from those of the environment.
 *
 * Source: learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_variables and
 * about_environment_variables.
 */
export function variableName(written: string): string | undefined {
  const name = written.replace(/^(?:global|local|private|script|using|variable):/i, "").toLowerCase();
  if (name.startsWith("env:")) return name.slice("env:".length).toUpperCase() || undefined;
  if (name === "" || name.includes(":")) return undefined;
  return name === "args" ? parameters : `$${name}`;
}

/** Whether a name is that of a variable of the environment. */
export function isEnvironment(name: string): boolean {
  return !name.startsWith("$") && name !== parameters;
}
