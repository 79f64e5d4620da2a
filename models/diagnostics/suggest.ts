/**
 * Names that a misspelled one may have meant.
 *
 * @module
 */

/** How many letters must be changed, added or left out to make one text of another. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}

/** No name of Bokeh is longer. The distance of a longer text from all known names takes long to compute. */
const LONGEST_NAME = 100;

/** Whether one of two names contains the other, and that is long enough to mean something. */
function containsOther(a: string, b: string): boolean {
  return Math.min(a.length, b.length) > 2 && (a.includes(b) || b.includes(a));
}

/** Returns the known names that are near to another, at most four, the nearest first. */
function nearest(name: string, known: readonly string[]): string[] {
  if (name.length > LONGEST_NAME) return [];
  return known
    .filter((other) => other.length <= LONGEST_NAME)
    .map((other) => ({ other, score: containsOther(name, other) ? 1 : distance(name, other) }))
    .filter(({ score }) => score <= Math.max(2, name.length / 4))
    .sort((a, b) => a.score - b.score)
    .slice(0, 4)
    .map(({ other }) => other);
}

/** The end of an error's text: `, similar ones are a, b`, or nothing where no known name is near. */
export function suggest(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return near.length === 0 ? "" : `, similar ones are ${near.join(", ")}`;
}

/** Returns the known name that is nearest to another, undefined if none is near. */
export function closest(name: string, known: readonly string[]): string | undefined {
  return nearest(name, known)[0];
}
