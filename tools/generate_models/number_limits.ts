/**
 * Limits of numbers. BokehJS takes any number for a size; Python takes integers that are not negative. Fractions are taken here, as
 * in BokehJS, but neither NaN nor what Python's limits exclude.
 *
 * @module
 */

import { isKind, type KindTree, LITERAL_KINDS } from "./kind_tree.ts";

/** Kinds of numbers, with the limits that they have in common with others of their line. */
const NUMBERS: ReadonlySet<string> = new Set(["Float", "Int", "Percent"]);
const LIMITS: ReadonlySet<string> = new Set(["NonNegative", "Positive"]);

/** Returns a kind of BokehJS with the numbers in it limited as the kind of Python limits all of its own. */
export function withLimits(ours: KindTree, theirs: KindTree): KindTree {
  const [number, ...others] = [...new Set(Array.from(numbersIn(theirs), (kind) => JSON.stringify(kind)))];
  if (number === undefined || others.length > 0) return ours;
  return replaceFloats(ours, finite(JSON.parse(number)));
}

/** The kinds of numbers that a kind is made of, with their limits. */
function* numbersIn(kind: KindTree): Iterable<KindTree> {
  if (typeof kind === "string") {
    if (NUMBERS.has(kind)) yield kind;
    return;
  }
  const [name, ...parts] = kind;
  if (LIMITS.has(name)) yield kind;
  else if (!LITERAL_KINDS.has(name)) {
    for (const part of parts) if (typeof part !== "number" && isKind(part)) yield* numbersIn(part);
  }
}

/** Integers become finite numbers, with fractions. */
function finite(kind: KindTree): KindTree {
  if (kind === "Int") return "Finite";
  return typeof kind === "string" ? kind : [kind[0], finite(kind[1] as KindTree)];
}

/** Limits that BokehJS has itself are kept. */
function replaceFloats(kind: KindTree, number: KindTree): KindTree {
  if (kind === "Float") return number;
  if (typeof kind === "string" || LIMITS.has(kind[0]) || LITERAL_KINDS.has(kind[0])) return kind;
  const [name, ...parts] = kind;
  return [name, ...parts.map((part) => typeof part !== "number" && isKind(part) ? replaceFloats(part, number) : part)];
}
