/** How bad something is, from the worst to the least. */
export const severities = ["error", "warning", "info"] as const;
export type Severity = (typeof severities)[number];

/** Whether `severity` is as bad as `least`, or worse. */
export function isAtLeast(severity: Severity, least: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(least);
}
