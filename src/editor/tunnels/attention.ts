import * as vscode from "vscode";
import { message } from "../../core/message.ts";
import { TunnelError } from "../../tunnel/error.ts";

/** Whether somebody is there to answer: they asked for something and it is still under way, or look at this window. */
export type Attention = {
  /** Runs what a person asked for; questions may be put to them until it settles. */
  during<T>(work: () => Promise<T>): Promise<T>;
  /** Somebody waits for something that they asked for. */
  isWanted(): boolean;
  /** Throws `answer-needed` where a question would open a dialog before nobody. */
  demand(): void;
};

export function attention(): Attention {
  let wanted = 0;
  return {
    async during(work) {
      wanted++;
      try {
        return await work();
      } finally {
        wanted--;
      }
    },
    isWanted: () => wanted > 0,
    demand() {
      if (wanted > 0 || vscode.window.state.focused) return;
      throw new TunnelError(
        "answer-needed",
        message("Reconnecting needs your answer, and this window was not in use."),
      );
    },
  };
}
