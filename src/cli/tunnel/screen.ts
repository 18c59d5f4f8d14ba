import type { Output } from "../world.ts";

/** Output whose last line is a state that changes: rewritten on a terminal, one line for each state elsewhere. */
export type Screen = {
  print(line: string): void;
  state(line: string): void;
  /** Takes the state away before something else is written. */
  clear(): void;
};

export function screenOn(output: Output): Screen {
  let shown = "";

  function clear(): void {
    if (shown !== "" && output.isTTY) output.write("\r\u001B[K");
    shown = "";
  }

  return {
    clear,
    print(line) {
      clear();
      output.write(`${line}\n`);
    },
    state(line) {
      if (line === shown) return;
      if (output.isTTY) {
        // A line that wraps could not be rewritten.
        output.write(`\r\u001B[K${line.slice(0, Math.max(20, (output.columns ?? 80) - 1))}`);
      } else output.write(`${line}\n`);
      shown = line;
    },
  };
}
