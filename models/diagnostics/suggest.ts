/**
 * Suggestions for misspelled names.
 *
 * @module
 */

/** Returns the Levenshtein distance of two texts. */
function editDistance(a: string, b: string): number {
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

/**
 * Maximum length of names in characters. No name of Bokeh is longer; the edit distance takes
 * quadratic time.
 */
const MAX_LENGTH = 100;

/** Returns whether one of two names contains the other, and both have at least three characters. */
function containsOther(a: string, b: string): boolean {
  return Math.min(a.length, b.length) > 2 && (a.includes(b) || b.includes(a));
}

/** Returns up to four known names that are similar to another, the most similar first. */
function findSimilar(name: string, known: readonly string[]): string[] {
  if (name.length > MAX_LENGTH) return [];
  return known
    .filter((other) => other.length <= MAX_LENGTH)
    .map((other) => ({ other, score: containsOther(name, other) ? 1 : editDistance(name, other) }))
    .filter(({ score }) => score <= Math.max(2, name.length / 4))
    .sort((a, b) => a.score - b.score)
    .slice(0, 4)
    .map(({ other }) => other);
}

/**
 * Returns the end of an error message: `, similar ones are a, b`, or an empty text if no known name
 * is similar.
 */
export function suggest(name: string, known: readonly string[]): string {
  const similar = findSimilar(name, known);
  return similar.length === 0 ? "" : `, similar ones are ${similar.join(", ")}`;
}

/** Returns the known name that is most similar to another, undefined if none is similar. */
export function closest(name: string, known: readonly string[]): string | undefined {
  return findSimilar(name, known)[0];
}
