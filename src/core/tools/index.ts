import type { Tool } from "./tool.ts";

/** Every tool that Launch Guard knows. */
export const tools: readonly Tool[] = [];
