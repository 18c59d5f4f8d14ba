import type { End } from "./started.ts";

/** The end of a command, which somebody else tells. */
export type Ending = { readonly ended: Promise<End>; isOver(): boolean; end(code: number | undefined): void };

export function ending(): Ending {
  let over = false;
  let settle: (end: End) => void = () => undefined;
  const ended = new Promise<End>((resolve) => {
    settle = resolve;
  });
  return {
    ended,
    isOver: () => over,
    end(code) {
      over = true;
      settle({ code });
    },
  };
}
