/**
 * Milliseconds to wait before an attempt, the first being 1: any time up to a limit that doubles from 1 s to 30 s. All
 * of it is chance ("full jitter"), so that the clients of a server that comes back do not come all at once
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 */
export function backoffMs(attempt: number, random: () => number): number {
  return Math.round(random() * Math.min(longestMs, shortestMs * 2 ** (attempt - 1)));
}

const shortestMs = 1_000;
const longestMs = 30_000;
