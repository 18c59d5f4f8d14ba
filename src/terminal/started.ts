import type * as vscode from "vscode";
import type { Typed } from "../core/command/typed.ts";

/** How a command ended: its exit code, or nothing where no shell tells. */
export type End = { readonly code: number | undefined };

/** A command that was started in the editor, and what can be done with it where it runs. */
export type Started = {
  readonly typed: Typed;
  /** The folder that it runs in. */
  readonly folder: vscode.Uri;
  /** Where its output is; a debugger may show it elsewhere. */
  readonly terminal: vscode.Terminal | undefined;
  /** How its user knows it: the name of a task, or of a debug configuration. Absent for what was typed. */
  readonly name?: string;
  /** Whether its line was read for certain. One that was guessed from the screen is listed, and nobody is disturbed. */
  readonly isCertain: boolean;
  /** Whether the shell itself vouches for the line, so that running it again runs what its user has typed. */
  readonly isVouchedFor: boolean;
  readonly ended: Promise<End>;
  isRunning(): boolean;
  /** Asks it to end, as Ctrl-C does. */
  interrupt(): void;
  /** Runs another line where it ran, once it has ended; settles when that has ended as well. */
  run(line: string): Promise<End>;
};

/** Told of every command that starts; what is of no interest costs next to nothing. */
export type OnStarted = (started: Started) => void;
