/**
 * Evaluates expressions of templates.
 *
 * @module
 */

import { formatPercent } from "./format.ts";
import { FilterArguments, type FilterContext } from "./filters.ts";
import { ALL_TESTS, FILTERS } from "./registry.ts";
import { methodOf } from "./methods.ts";
import type { Argument, Expression } from "./nodes.ts";
import type { Scope } from "./scope.ts";
import { entriesOf, float, isDict, isFloat, isNumber, isText, isUndefined, itemOf, typeName } from "./kinds.ts";
import { escape, str } from "./text.ts";
import { Callable, type Keywords, Markup, Namespace, Tuple, Undefined } from "./types.ts";
import { compare, contains, equals, iterate, slice, truth } from "./values.ts";

/** Returns the value of an expression. */
export function evaluate(expression: Expression, scope: Scope): unknown {
  switch (expression.kind) {
    case "constant":
      return expression.value;
    case "name":
      return scope.get(expression.name);
    case "list":
      return expression.items.map((item) => evaluate(item, scope));
    case "tuple":
      return tupleOf(expression.items.map((item) => evaluate(item, scope)));
    case "dict":
      return new Map(expression.items.map(([key, value]) => [plainKey(evaluate(key, scope)), evaluate(value, scope)]));
    case "attribute":
      return attributeOf(evaluate(expression.of, scope), expression.name);
    case "item":
      return itemAt(evaluate(expression.of, scope), evaluate(expression.key, scope));
    case "slice":
      return slice(evaluate(expression.of, scope), ...bounds(expression.bounds, scope));
    case "call":
      return evaluateCall(expression, scope);
    case "filter":
      return applyFilter(expression, evaluate(expression.of!, scope), scope);
    case "test":
      return ALL_TESTS[expression.name]!(evaluate(expression.of, scope), argumentsOf(expression.args, scope).args) !==
        expression.negated;
    default:
      return evaluateOperator(expression, scope);
  }
}

type Operator = Extract<Expression, { kind: "unary" | "binary" | "concat" | "compare" | "condition" }>;

function evaluateOperator(expression: Operator, scope: Scope): unknown {
  switch (expression.kind) {
    case "unary": {
      const value = evaluate(expression.of, scope);
      if (expression.operator === "not") return !truth(value);
      return isFloat(value)
        ? float(expression.operator === "-" ? -Number(value) : Number(value))
        : (expression.operator === "-" ? -Number(value) : Number(value));
    }
    case "binary":
      return evaluateBinary(expression, scope);
    case "concat": {
      const items = expression.items.map((item) => evaluate(item, scope));
      if (!items.some((item) => item instanceof Markup)) return items.map(str).join("");
      return new Markup(items.map((item) => escape(item).text).join(""));
    }
    case "compare":
      return evaluateComparison(expression, scope);
    case "condition":
      if (truth(evaluate(expression.test, scope))) return evaluate(expression.then, scope);
      return expression.otherwise === undefined
        ? new Undefined("the other side of an if")
        : evaluate(expression.otherwise, scope);
  }
}

function tupleOf(items: unknown[]): Tuple {
  // Array's own constructor takes a single number for a length
  return Tuple.of(...items) as Tuple;
}

function plainKey(key: unknown): unknown {
  return key instanceof Markup ? key.text : isNumber(key) && typeof key !== "boolean" ? Number(key) : key;
}

type Bounds = readonly [Expression | undefined, Expression | undefined, Expression | undefined];

function bounds([start, stop, step]: Bounds, scope: Scope): [unknown, unknown, unknown] {
  const one = (bound: Expression | undefined) => bound === undefined ? null : evaluate(bound, scope);
  return [one(start), one(stop), one(step)];
}

/** Evaluates arguments of a call. */
export function argumentsOf(
  given: readonly Argument[],
  scope: Scope,
): { args: unknown[]; keywords: Map<string, unknown> } {
  const args: unknown[] = [];
  const keywords = new Map<string, unknown>();
  for (const { name, value } of given) {
    const result = evaluate(value, scope);
    if (name === undefined) args.push(result);
    else if (name === "*") args.push(...iterate(result));
    else if (name === "**") {
      for (const [key, item] of isDict(result) ? entriesOf(result) : []) keywords.set(str(key), item);
    } else keywords.set(name, result);
  }
  return { args, keywords };
}

function evaluateCall({ of, args: given }: Extract<Expression, { kind: "call" }>, scope: Scope): unknown {
  const { args, keywords } = argumentsOf(given, scope);
  return call(evaluate(of, scope), args, keywords);
}

/** Calls a function of the template's, of this engine's or of JavaScript's. */
export function call(callee: unknown, args: unknown[], keywords: Keywords): unknown {
  if (callee instanceof Callable) return callee.call(args, keywords);
  if (typeof callee === "function") {
    return callee(...args, ...(keywords.size > 0 ? [Object.fromEntries(keywords)] : []));
  }
  if (callee instanceof Undefined) throw new TypeError(`Cannot call ${callee.what}: it is undefined`);
  throw new TypeError(`Cannot call ${typeName(callee)}: it is no function`);
}

/** Applies a filter to a value. */
export function applyFilter(
  { name, args }: Extract<Expression, { kind: "filter" }>,
  value: unknown,
  scope: Scope,
): unknown {
  const given = argumentsOf(args, scope);
  const context: FilterContext = { escapes: scope.escapes, get: itemAt };
  return FILTERS[name]!(value, new FilterArguments(given.args, given.keywords), context);
}

/** Returns an attribute, or else an item of this name. */
export function attributeOf(of: unknown, name: string): unknown {
  refuseUndefined(of, name);
  if (of instanceof Namespace) return of.values.get(name) ?? new Undefined(name);
  if (of instanceof Callable && Object.hasOwn(of.attributes, name)) return of.attributes[name];
  const method = methodOf(of, name);
  if (method !== undefined) return new Callable(name, method);
  if (isDict(of)) return itemOf(of, name) ?? missing(of, name);
  return ownAttribute(of, name);
}

/** Returns an item, or else an attribute of this name. */
export function itemAt(of: unknown, key: unknown): unknown {
  refuseUndefined(of, str(key));
  if (isDict(of)) {
    const item = itemOf(of, plainKey(key));
    return item !== undefined ? item : isText(key) ? attributeOf(of, str(key)) : new Undefined(str(key));
  }
  if (isNumber(key) && (isText(of) || Array.isArray(of))) {
    const items = isText(of) ? [...str(of)] : of;
    const index = Number(key) < 0 ? Number(key) + items.length : Number(key);
    return items[index] ?? (index in items ? null : new Undefined(`item ${key}`));
  }
  return attributeOf(of, str(key));
}

function missing(of: object, name: string): unknown {
  return of !== null && !(of instanceof Map) && Object.hasOwn(of, name) ? null : new Undefined(name);
}

function refuseUndefined(of: unknown, name: string): void {
  if (isUndefined(of)) {
    const what = of instanceof Undefined ? of.what : "it";
    throw new TypeError(`Cannot read ${name} of ${what}: it is undefined`);
  }
}

/** Attributes of JavaScript's objects; none that all objects have, as their constructor. */
function ownAttribute(of: unknown, name: string): unknown {
  if (of === null || name in Object.prototype) return new Undefined(name);
  const value = (Object(of instanceof Markup ? of.text : of) as Record<string, unknown>)[name];
  if (value === undefined) return new Undefined(name);
  return typeof value === "function" ? value.bind(of instanceof Markup ? of.text : of) : value;
}

function evaluateBinary({ operator, left, right }: Extract<Expression, { kind: "binary" }>, scope: Scope): unknown {
  const a = evaluate(left, scope);
  if (operator === "and") return truth(a) ? evaluate(right, scope) : a;
  if (operator === "or") return truth(a) ? a : evaluate(right, scope);
  const b = evaluate(right, scope);
  if (operator === "%" && isText(a)) return formatPercent(str(a), b);
  if (isNumber(a) && isNumber(b)) return calculate(operator, a, b);
  if (operator === "+" && isText(a) && isText(b)) {
    return a instanceof Markup || b instanceof Markup ? new Markup(escape(a).text + escape(b).text) : str(a) + str(b);
  }
  if (operator === "+" && Array.isArray(a) && Array.isArray(b)) {
    return a instanceof Tuple ? tupleOf([...a, ...b]) : [...a, ...b];
  }
  if (operator === "*" && (isText(a) || Array.isArray(a)) && isNumber(b)) return repeated(a, Number(b));
  if (operator === "*" && isNumber(a) && (isText(b) || Array.isArray(b))) return repeated(b, Number(a));
  if (a instanceof Undefined || b instanceof Undefined) {
    throw new TypeError(`Cannot calculate with ${(a instanceof Undefined ? a : b as Undefined).what}: it is undefined`);
  }
  throw new TypeError(`Cannot calculate ${typeName(a)} ${operator} ${typeName(b)}`);
}

function repeated(value: string | Markup | unknown[], times: number): unknown {
  const count = Math.max(0, times);
  if (Array.isArray(value)) return Array.from({ length: count }).flatMap(() => [...value]);
  return value instanceof Markup ? new Markup(value.text.repeat(count)) : value.repeat(count);
}

function calculate(operator: string, a: unknown, b: unknown): unknown {
  const [x, y] = [Number(a), Number(b)];
  if (y === 0 && ["/", "//", "%"].includes(operator)) throw new RangeError("Cannot divide by zero");
  const isInteger = !isFloat(a) && !isFloat(b);
  const result = arithmetic(operator, x, y);
  return operator === "/" || !isInteger || operator === "**" && y < 0 ? float(result) : result;
}

function arithmetic(operator: string, x: number, y: number): number {
  switch (operator) {
    case "+":
      return x + y;
    case "-":
      return x - y;
    case "*":
      return x * y;
    case "/":
      return x / y;
    case "//":
      return Math.floor(x / y);
    case "%":
      return x - y * Math.floor(x / y);
    default:
      return x ** y;
  }
}

function evaluateComparison({ first, rest }: Extract<Expression, { kind: "compare" }>, scope: Scope): boolean {
  let left = evaluate(first, scope);
  for (const [operator, expression] of rest) {
    const right = evaluate(expression, scope);
    if (!holds(operator, left, right)) return false;
    left = right;
  }
  return true;
}

function holds(operator: string, a: unknown, b: unknown): boolean {
  switch (operator) {
    case "==":
      return equals(a, b);
    case "!=":
      return !equals(a, b);
    case "in":
      return contains(b, a);
    case "not in":
      return !contains(b, a);
    case "<":
      return compare(a, b) < 0;
    case "<=":
      return compare(a, b) <= 0;
    case ">":
      return compare(a, b) > 0;
    default:
      return compare(a, b) >= 0;
  }
}
