/**
 * A sentence for a person: a template with `{name}` where a value belongs, and the values. The command line renders
 * it in English; the editor looks the template up with `vscode.l10n.t`, which uses the same braces.
 */
export type Message = {
  readonly template: string;
  readonly values: Readonly<Record<string, string | number>>;
};

export function message(template: string, values: Message["values"] = {}): Message {
  return { template, values };
}

/** The message in English. */
export function render({ template, values }: Message): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
