/**
 * Evaluation of expressions.
 *
 * @module
 */

import { formatPercent } from "./format.ts";
import { FilterArguments, type FilterContext } from "./filter.ts";
import { ALL_TESTS, filter } from "./filters.ts";
import { methodOf } from "./methods.ts";
import type { Argument, Expression } from "./nodes.ts";
import type { Scope } from "./scope.ts";
import { entriesOf, isDict, isText, isUndefined, itemOf, keyOf, typeName } from "./type_checks.ts";
import { float, integer, isFloat, isInteger, isNumber, type PythonNumber } from "./numbers.ts";
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
      return dictOf(expression.items.map(([key, value]) => [evaluate(key, scope), evaluate(value, scope)]));
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
      return expression.operator === "not" ? !truth(value) : signed(expression.operator, value);
    }
    case "binary":
      return evaluateBinary(expression, scope);
    case "concat": {
      const items = expression.items.map((item) => evaluate(item, scope));
      // Jinja's optimizer joins constants to a str, even if one of them is markup
      const isMarkup = scope.escapes && !expression.constant && items.some((item) => item instanceof Markup);
      if (!isMarkup) return items.map(str).join("");
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
  // the constructor of Array would use a single number as the length
  return Tuple.of(...items) as Tuple;
}

function dictOf(items: readonly (readonly [unknown, unknown])[]): Map<unknown, unknown> {
  const dict = new Map<unknown, unknown>();
  for (const [key, value] of items) dict.set(keyOf(dict, key), value);
  return dict;
}

function signed(operator: "-" | "+", value: unknown): unknown {
  if (!isNumber(value)) refuseOperand(operator, value);
  if (isFloat(value)) return float(operator === "-" ? -Number(value) : Number(value));
  const whole = exact(value);
  return integer(operator === "-" ? -whole : whole);
}

type Bounds = readonly [Expression | undefined, Expression | undefined, Expression | undefined];

function bounds([start, stop, step]: Bounds, scope: Scope): [unknown, unknown, unknown] {
  const one = (bound: Expression | undefined) => bound === undefined ? null : evaluate(bound, scope);
  return [one(start), one(stop), one(step)];
}

/** Evaluates the arguments of a call. */
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

/**
 * Calls a macro, a function of this engine, or a function of JavaScript, which receives keyword
 * arguments as its last argument.
 */
export function call(callee: unknown, args: unknown[], keywords: Keywords): unknown {
  if (callee instanceof Callable) return callee.call(args, keywords);
  if (typeof callee === "function") {
    return callee(...args, ...(keywords.size > 0 ? [Object.fromEntries(keywords)] : []));
  }
  if (callee instanceof Undefined) throw new TypeError(`Cannot call ${callee.what}: it is undefined`);
  throw new TypeError(`Cannot call ${typeName(callee)}: it is not a function`);
}

/** Applies a filter to a value. */
export function applyFilter(
  { name, args }: Extract<Expression, { kind: "filter" }>,
  value: unknown,
  scope: Scope,
): unknown {
  const given = argumentsOf(args, scope);
  const context: FilterContext = { escapes: scope.escapes, get: itemAt };
  return filter(name, value, new FilterArguments(given.args, given.keywords), context);
}

/** Returns the attribute of a value or, if it has none, the item with this key. */
function attributeOf(of: unknown, name: string): unknown {
  refuseUndefined(of, name);
  if (of instanceof Namespace) return of.values.get(name) ?? new Undefined(name);
  if (of instanceof Callable && Object.hasOwn(of.attributes, name)) return of.attributes[name];
  const method = methodOf(of, name);
  if (method !== undefined) return new Callable(name, method);
  if (isDict(of)) {
    const item = itemOf(of, name);
    return item === undefined ? new Undefined(name) : item;
  }
  return ownAttribute(of, name);
}

/** Returns the item of a value or, if it has none, the attribute with this name. */
function itemAt(of: unknown, key: unknown): unknown {
  refuseUndefined(of, str(key));
  if (isDict(of)) {
    const item = itemOf(of, key);
    return item !== undefined ? item : isText(key) ? attributeOf(of, str(key)) : new Undefined(str(key));
  }
  if (isText(of) || Array.isArray(of)) {
    if (!isInteger(key)) {
      return isText(key) && !/^\d+$/.test(str(key)) ? attributeOf(of, str(key)) : new Undefined(str(key));
    }
    const items = isText(of) ? [...str(of)] : of;
    const index = Number(key) < 0 ? Number(key) + items.length : Number(key);
    return items[index] ?? (index in items ? null : new Undefined(`item ${key}`));
  }
  return attributeOf(of, str(key));
}

function refuseUndefined(of: unknown, name: string): void {
  if (isUndefined(of)) {
    const what = of instanceof Undefined ? of.what : "it";
    throw new TypeError(`Cannot read ${name} of ${what}: it is undefined`);
  }
}

/**
 * Returns a property of a JavaScript object. Properties of Object.prototype, such as `constructor`,
 * are inaccessible.
 */
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
  if (operator === "%" && isText(a)) return formatPercent(a, b);
  if (isNumber(a) && isNumber(b)) return calculate(operator, a, b);
  if (operator === "+" && isText(a) && isText(b)) {
    return a instanceof Markup || b instanceof Markup ? new Markup(escape(a).text + escape(b).text) : str(a) + str(b);
  }
  if (operator === "+" && Array.isArray(a) && Array.isArray(b)) {
    return a instanceof Tuple ? tupleOf([...a, ...b]) : [...a, ...b];
  }
  if (operator === "*" && (isText(a) || Array.isArray(a)) && isInteger(b)) return repeated(a, Number(b));
  if (operator === "*" && isInteger(a) && (isText(b) || Array.isArray(b))) return repeated(b, Number(a));
  return refuseOperand(operator, a, b);
}

function refuseOperand(operator: string, ...operands: readonly unknown[]): never {
  const missing = operands.find((operand) => operand instanceof Undefined);
  if (missing instanceof Undefined) throw new TypeError(`Cannot calculate with ${missing.what}: it is undefined`);
  const names = operands.map(typeName);
  throw new TypeError(`Cannot calculate ${names.length === 1 ? operator + names[0] : names.join(` ${operator} `)}`);
}

function repeated(value: string | Markup | unknown[], times: number): unknown {
  const count = Math.max(0, times);
  if (Array.isArray(value)) {
    const items = Array.from({ length: count }).flatMap(() => [...value]);
    return value instanceof Tuple ? tupleOf(items) : items;
  }
  return value instanceof Markup ? new Markup(value.text.repeat(count)) : value.repeat(count);
}

function calculate(operator: string, a: PythonNumber, b: PythonNumber): unknown {
  const [x, y] = [Number(a), Number(b)];
  if (y === 0 && ["/", "//", "%"].includes(operator)) throw new RangeError("Cannot divide by zero");
  const result = arithmetic(operator, x, y);
  if (operator === "/" || isFloat(a) || isFloat(b) || operator === "**" && y < 0) return float(result);
  if ([x, y, result].every(Number.isSafeInteger)) return result;
  return integer(wholeArithmetic(operator, exact(a), exact(b)));
}

function exact(value: PythonNumber): bigint {
  return typeof value === "bigint" ? value : BigInt(Number(value));
}

/** Calculates with integers that are too large for numbers of JavaScript. */
function wholeArithmetic(operator: string, x: bigint, y: bigint): bigint {
  switch (operator) {
    case "+":
      return x + y;
    case "-":
      return x - y;
    case "*":
      return x * y;
    case "**":
      return x ** y;
  }
  // JavaScript truncates quotients, Python takes the floor
  const rest = ((x % y) + y) % y;
  return operator === "%" ? rest : (x - rest) / y;
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
