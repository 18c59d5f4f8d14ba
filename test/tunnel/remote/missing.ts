/** Says loudly that a suite cannot run here; with LAUNCH_GUARD_REQUIRE_ALL=1 that is a failure. */
export function missing(what: string): void {
  if (process.env["LAUNCH_GUARD_REQUIRE_ALL"] === "1") throw new Error(`${what} is missing`);
  console.log(`SKIPPED: ${what} is missing`);
}
