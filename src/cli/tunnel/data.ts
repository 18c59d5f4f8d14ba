import { type Message, render } from "../../core/message.ts";

/** A value as JSON on one line, with its messages as sentences. */
export function jsonLine(value: unknown): string {
  return `${JSON.stringify(value, sentences)}\n`;
}

/** The same for people, on several lines. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, sentences, 2)}\n`;
}

function sentences(_key: string, value: unknown): unknown {
  return isMessage(value) ? render(value) : value;
}

function isMessage(value: unknown): value is Message {
  return typeof value === "object" && value !== null && "template" in value && "values" in value;
}
