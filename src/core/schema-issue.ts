import type * as z from "zod/mini";
import { type Message, message } from "./message.ts";

type Issue = z.core.$ZodIssue;

/** What a schema objects to, as a sentence to be put behind the name of the place. zod/mini itself has none. */
export function issueSentence(issue: Issue): Message {
  switch (issue.code) {
    case "invalid_type":
      return message("{what} belongs here", { what: kinds[issue.expected] ?? issue.expected });
    case "invalid_value":
      return oneOf(issue.values.map(String));
    case "invalid_union":
      return oneOf(issue.errors.flat().flatMap((inner) => (inner.code === "invalid_value" ? inner.values : [])));
    case "unrecognized_keys":
      return message("there is nothing called {name} here", { name: issue.keys.join(", ") });
    case "too_small":
      return message("a number of at least {minimum} belongs here", { minimum: String(issue.minimum) });
    case "too_big":
      return message("a number of at most {maximum} belongs here", { maximum: String(issue.maximum) });
    case "invalid_format":
      return message("this is not written as it has to be: {format}", { format: issue.pattern ?? issue.format });
    default:
      return message("this is not what belongs here");
  }
}

const kinds: Readonly<Record<string, Message>> = {
  string: message("a text"),
  number: message("a number"),
  int: message("a whole number"),
  boolean: message("true or false"),
  array: message("a list"),
  object: message("a map of names and values"),
  record: message("a map of names and values"),
};

function oneOf(values: readonly unknown[]): Message {
  if (values.length === 0) return message("this is not what belongs here");
  return message("one of these belongs here: {values}", { values: values.join(", ") });
}
