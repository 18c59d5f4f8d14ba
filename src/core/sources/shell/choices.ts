import { type Lookup, mostValues, type Variables } from "./variables.ts";

/**
 * Works something out once for each combination of values of the variables that it reads, at most eight times. `inherit`
 * reads as well, but for the environment, which every command has: it adds no combinations, only enough tries for each
 * value to be there in one.
 */
export function eachChoice<T>(variables: Variables, evaluate: (lookup: Lookup, inherit: Lookup) => T): T[] {
  const sizes = new Map<string, number>();
  const inherited = new Map<string, number>();
  const evaluateWith = (choice: Choice) => {
    const reader =
      (read: Map<string, number>): Lookup =>
      (name) => {
        const values = variables.values(name);
        if (values.length > 1) read.set(name, values.length);
        return values[choice.get(name) ?? 0];
      };
    return evaluate(reader(sizes), reader(inherited));
  };
  const first = evaluateWith(firstValues);
  return sizes.size + inherited.size === 0 ? [first] : [first, ...choices(sizes, inherited).map(evaluateWith)];
}

const firstValues: Choice = new Map();

/** The number of the value that each variable has. */
type Choice = ReadonlyMap<string, number>;
type Sizes = ReadonlyMap<string, number>;

/**
 * The combinations but the one of first values. Those where each variable has its next value come before the rest: a
 * danger must not hide behind the limit.
 */
function choices(sizes: Sizes, inherited: Sizes): Choice[] {
  const all = new Map([...inherited, ...sizes]);
  const result = new Map<string, Choice>();
  const add = (choice: Choice) => {
    const key = [...choice.values()].join();
    if (result.size < mostValues - 1 && /[1-9]/.test(key)) result.set(key, choice);
  };
  const most = Math.max(...all.values());
  for (let round = 1; round < most; round++) add(mapSizes(all, (size) => round % size));
  const total = [...sizes.values()].reduce((product, size) => product * size, 1);
  for (let number = 1; number < Math.min(total, 4 * mostValues); number++) {
    let rest = number;
    const choice = mapSizes(sizes, (size) => {
      const index = rest % size;
      rest = Math.floor(rest / size);
      return index;
    });
    add(new Map([...mapSizes(inherited, () => 0), ...choice]));
  }
  return [...result.values()];
}

function mapSizes(sizes: Sizes, index: (size: number) => number): Map<string, number> {
  return new Map([...sizes].map(([name, size]) => [name, index(size)]));
}
