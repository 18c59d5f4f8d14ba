import { UNKNOWN } from "../../word.ts";

/**
 * The text with its templates (`{{ … }}` of Helm, Jinja and Go; `{% … %}` and `{# … #}` of Jinja) made harmless, each
 * as long as it was, so that every offset stays true. A value becomes unknown; a line that holds nothing but templates
 * steers what is written and becomes blank.
 */
export function maskTemplates(text: string): string {
  if (!/\{[{%#]/.test(text)) return text;
  return text
    .replace(/\{%.{0,2000}?%\}|\{#.{0,2000}?#\}/gs, (template) => fill(template, " "))
    .replace(/\{\{.{0,2000}?\}\}/gs, (template) => fill(template, UNKNOWN))
    .replace(/^[ \t\uE000]+$/gm, (line) => fill(line, " "));
}

function fill(template: string, character: string): string {
  return template.replace(/[^\r\n]/g, character);
}
