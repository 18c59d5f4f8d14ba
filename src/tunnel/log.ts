export type LogLevel = "debug" | "info" | "warn" | "error";

/**
 * Where the SSH half says what it does. Lines are English and for people who look for a fault; no secret may enter one
 * at any level, and text from the far side goes through `harmless` first.
 */
export type Log = (level: LogLevel, line: string) => void;
