/** As a server is told its path: `ada`, `/ada`, `/ada/`. What is no path (a quote, a space) is left out. */
export function basePathOf(told: string): string {
  const inner = told.replace(/^\/+|\/+$/g, "");
  return inner === "" || !/^[\w.~%@:+/-]+$/.test(inner) ? "/" : `/${inner}/`;
}
