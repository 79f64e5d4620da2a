/**
 * Limits of numbers.
 *
 * For sizes, BokehJS accepts all numbers, and Python accepts integers that are not negative. The
 * generated types accept fractions, as BokehJS does, but neither NaN nor numbers that Python's
 * limits exclude.
 *
 * @module
 */

import { isTypeTree, LITERAL_TYPES, type TypeTree } from "../../cli/extensions/type_tree.ts";

/** The types of numbers. */
const NUMBERS: ReadonlySet<string> = new Set(["Float", "Int", "Percent"]);
const LIMITS: ReadonlySet<string> = new Set(["NonNegative", "Positive"]);

/**
 * Returns a type of BokehJS whose numbers have the limit of the numbers in the type of Python, if
 * they all have the same.
 */
export function withLimits(ours: TypeTree, theirs: TypeTree): TypeTree {
  const [number, ...others] = [...new Set(Array.from(numbersIn(theirs), (type) => JSON.stringify(type)))];
  if (number === undefined || others.length > 0) return ours;
  return replaceFloats(ours, finite(JSON.parse(number)));
}

/** Yields the types of numbers in a type, with their limits. */
function* numbersIn(type: TypeTree): Iterable<TypeTree> {
  if (typeof type === "string") {
    if (NUMBERS.has(type)) yield type;
    return;
  }
  const [name, ...parts] = type;
  if (LIMITS.has(name)) yield type;
  else if (!LITERAL_TYPES.has(name)) {
    for (const part of parts) if (typeof part !== "number" && isTypeTree(part)) yield* numbersIn(part);
  }
}

/** Replaces integers by finite numbers, which include fractions. */
function finite(type: TypeTree): TypeTree {
  if (type === "Int") return "Finite";
  return typeof type === "string" ? type : [type[0], finite(type[1] as TypeTree)];
}

/** Replaces the types of numbers in a type of BokehJS that have no limit. */
function replaceFloats(type: TypeTree, number: TypeTree): TypeTree {
  if (type === "Float") return number;
  if (typeof type === "string" || LIMITS.has(type[0]) || LITERAL_TYPES.has(type[0])) return type;
  const [name, ...parts] = type;
  return [
    name,
    ...parts.map((part) => typeof part !== "number" && isTypeTree(part) ? replaceFloats(part, number) : part),
  ];
}
