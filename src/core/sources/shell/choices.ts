import { type Lookup, mostValues, type Variables } from "./variables.ts";

/**
 * Works something out once for each combination of values of the variables that it reads, at most eight times. Each
 * value of each variable is tried before the combinations are exhausted: a danger must not hide behind the limit.
 */
export function eachChoice<T>(variables: Variables, evaluate: (lookup: Lookup) => T): T[] {
  const sizes = new Map<string, number>();
  const evaluateWith = (choice: ReadonlyMap<string, number>) =>
    evaluate((name) => {
      const values = variables.values(name);
      if (values.length > 1) sizes.set(name, values.length);
      return values[choice.get(name) ?? 0];
    });
  const first = evaluateWith(new Map());
  return sizes.size === 0 ? [first] : [first, ...choices(sizes).map(evaluateWith)];
}

/** The combinations but the one of first values, each a map from name to the number of its value. */
function choices(sizes: ReadonlyMap<string, number>): Map<string, number>[] {
  const result = new Map<string, Map<string, number>>();
  const add = (choice: Map<string, number>) => {
    const key = [...choice.values()].join();
    if (result.size < mostValues - 1 && /[1-9]/.test(key)) result.set(key, choice);
  };
  const total = [...sizes.values()].reduce((product, size) => product * size, 1);
  const most = Math.max(...sizes.values());
  for (let round = 1; round < most; round++) add(mapSizes(sizes, (size) => round % size));
  for (let number = 1; number < Math.min(total, 4 * mostValues); number++) {
    let rest = number;
    add(
      mapSizes(sizes, (size) => {
        const index = rest % size;
        rest = Math.floor(rest / size);
        return index;
      }),
    );
  }
  return [...result.values()];
}

function mapSizes(sizes: ReadonlyMap<string, number>, index: (size: number) => number): Map<string, number> {
  return new Map([...sizes].map(([name, size]) => [name, index(size)]));
}
