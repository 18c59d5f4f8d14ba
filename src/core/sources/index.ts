import { compose } from "./compose/compose.ts";
import { dockerfile } from "./dockerfile/dockerfile.ts";
import { envFile } from "./env-file/env-file.ts";
import { shell } from "./shell/shell.ts";
import type { Source } from "./source.ts";

/** Every kind of file that Launch Guard reads. The first that accepts a file reads it. */
export const sources: readonly Source[] = [dockerfile, compose, envFile, shell];
