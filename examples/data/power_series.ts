/**
 * Power series of functions in the form of text: the counterpart of `series` of Python's sympy, for numbers. mathjs only
 * parses: expressions come from clients, and some that it can evaluate take very long.
 *
 * @module
 */

import {
  isConstantNode,
  isFunctionNode,
  isOperatorNode,
  isParenthesisNode,
  isSymbolNode,
  type MathNode,
  parse,
} from "mathjs";

/** The coefficients of 1, h, h², … */
type Series = readonly number[];

/** The number of characters of a function. It limits the work that a client can cause. */
const MAX_LENGTH = 100;

/** Operators, by the names that mathjs gives them. */
const OPERATORS = new Map<string, (a: Series, b: Series) => Series>([
  ["add", (a, b) => a.map((term, n) => term + b[n]!)],
  ["subtract", (a, b) => a.map((term, n) => term - b[n]!)],
  ["multiply", times],
  ["divide", divided],
  ["pow", power],
]);
const FUNCTIONS = new Map<string, (a: Series) => Series>([
  ["exp", exp],
  ["log", log],
  ["sqrt", (a) => power(a, constant(0.5, a.length))],
  ["sin", (a) => sineAndCosine(a)[0]],
  ["cos", (a) => sineAndCosine(a)[1]],
  ["tan", (a) => divided(...sineAndCosine(a))],
]);

/**
 * Returns a function from a number and a count to the first coefficients of the Taylor series at that number, of which
 * the first is the value. Coefficients that do not exist are NaN.
 *
 * @param text An expression of `x`, such as `exp(-x) * sin(x)`.
 * @throws {Error} if the text is not such an expression
 */
export function seriesOf(text: string): (at: number, count: number) => Series {
  if (text.length > MAX_LENGTH) throw new RangeError(`Use at most ${MAX_LENGTH} characters`);
  const tree = parse(text.replaceAll("**", "^"));
  return (at, count) => expand(tree, constant(at, count).map((term, n) => n === 1 ? 1 : term));
}

function expand(node: MathNode, x: Series): Series {
  if (isParenthesisNode(node)) return expand(node.content, x);
  if (isConstantNode(node) && typeof node.value === "number") return constant(node.value, x.length);
  if (isSymbolNode(node) && node.name === "x") return x;
  if (isSymbolNode(node) && node.name === "pi") return constant(Math.PI, x.length);
  if (isOperatorNode(node)) {
    const [a, b] = node.args.map((argument) => expand(argument, x));
    if (node.fn === "unaryMinus") return a!.map((term) => -term);
    const operator = OPERATORS.get(node.fn);
    if (operator) return operator(a!, b!);
  }
  const call = isFunctionNode(node) && node.args.length === 1 && FUNCTIONS.get(node.fn.name);
  if (call) return call(expand(node.args[0]!, x));
  throw new SyntaxError(`Write an expression of x with + - * / ^ ${[...FUNCTIONS.keys()].join(" ")}`);
}

function constant(value: number, count: number): Series {
  return Array.from({ length: count }, (_, n) => n === 0 ? value : 0);
}

function times(a: Series, b: Series): Series {
  return a.map((_, n) => a.slice(0, n + 1).reduce((sum, term, k) => sum + term * b[n - k]!, 0));
}

function divided(a: Series, b: Series): Series {
  const quotient: number[] = [];
  for (const term of a) {
    const known = quotient.reduce((sum, q, k) => sum + q * b[quotient.length - k]!, 0);
    quotient.push((term - known) / b[0]!);
  }
  return quotient;
}

function power(a: Series, b: Series): Series {
  const isConstant = b.every((term, n) => n === 0 || term === 0);
  return isConstant && Number.isSafeInteger(b[0]) ? integerPower(a, b[0]!) : exp(times(b, log(a)));
}

function integerPower(a: Series, exponent: number): Series {
  if (exponent < 0) return divided(constant(1, a.length), integerPower(a, -exponent));
  if (exponent === 0) return constant(1, a.length);
  const half = integerPower(a, Math.floor(exponent / 2));
  return exponent % 2 === 0 ? times(half, half) : times(times(half, half), a);
}

function derivative(a: Series): Series {
  return a.map((_, n) => n + 1 < a.length ? (n + 1) * a[n + 1]! : 0);
}

function integral(value: number, a: Series): Series {
  return a.map((_, n) => n === 0 ? value : a[n - 1]! / n);
}

function log(a: Series): Series {
  return integral(Math.log(a[0]!), divided(derivative(a), a));
}

/** Each step makes one more coefficient right (Picard). */
function exp(a: Series): Series {
  const first = Math.exp(a[0]!);
  let result = constant(first, a.length);
  for (let n = 1; n < a.length; n++) result = integral(first, times(result, derivative(a)));
  return result;
}

function sineAndCosine(a: Series): [Series, Series] {
  const [sin, cos] = [Math.sin(a[0]!), Math.cos(a[0]!)];
  let pair: [Series, Series] = [constant(sin, a.length), constant(cos, a.length)];
  for (let n = 1; n < a.length; n++) {
    const slope = derivative(a);
    pair = [integral(sin, times(pair[1], slope)), integral(cos, times(pair[0], slope).map((term) => -term))];
  }
  return pair;
}
