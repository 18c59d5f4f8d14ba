import type { Source } from "./source.ts";

/** Every kind of file that Launch Guard reads. The first that accepts a file reads it. */
export const sources: readonly Source[] = [];
