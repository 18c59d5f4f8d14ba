/**
 * A sentence for a person: a template with `{name}` where a value belongs, and the values. The command line renders
 * it in English; the editor looks each template up with `vscode.l10n.t`, which uses the same braces.
 */
export type Message = {
  readonly template: string;
  readonly values: Readonly<Record<string, string | number | Message>>;
};

export function message(template: string, values: Message["values"] = {}): Message {
  return { template, values };
}

/** Several messages one after the other. */
export function sentences(first: Message, ...more: readonly Message[]): Message {
  return more.reduce((text, next) => message("{first} {next}", { first: text, next }), first);
}

/** The message in English, or in what `translate` makes of each template. */
export function render(
  { template, values }: Message,
  translate: (template: string) => string = (same) => same,
): string {
  return translate(template).replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) return whole;
    return typeof value === "object" ? render(value, translate) : String(value);
  });
}
