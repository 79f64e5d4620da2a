/**
 * Parser of expressions, by recursive descent. The precedence of operators is that of Jinja's own
 * parser (`jinja2/parser.py`): each method parses one level, and calls the next higher one.
 *
 * @module
 */

import { fail, type Token, tokenize } from "./lexer.ts";
import type { Argument, Expression } from "./nodes.ts";
import { ALL_TESTS, FILTERS } from "./filters.ts";
import { float, integer } from "./numbers.ts";

/** Names that stand for constants. */
export const CONSTANTS: Readonly<Record<string, unknown>> = {
  true: true,
  True: true,
  false: false,
  False: false,
  none: null,
  None: null,
};
const COMPARISONS = ["==", "!=", "<", "<=", ">", ">="];

/**
 * A parser of expressions. Methods parse from the current token on, and leave the parser after what
 * they have parsed.
 */
export class ExpressionParser {
  protected readonly tokens: readonly Token[];
  protected at = 0;

  constructor(source: string) {
    this.tokens = tokenize(source);
  }

  protected get token(): Token {
    return this.tokens[this.at]!;
  }

  protected fail(message: string, { at } = this.token): never {
    return fail(message, at);
  }

  protected is(text: string, kind: Token["kind"] = "operator"): boolean {
    return this.token.kind === kind && this.token.text === text;
  }

  protected word(word: string): boolean {
    return this.is(word, "name");
  }

  /** Consumes the current token if it has this text and kind. Returns whether it has. */
  protected take(text: string, kind: Token["kind"] = "operator"): boolean {
    if (!this.is(text, kind)) return false;
    this.at++;
    return true;
  }

  protected takeWord(word: string): boolean {
    return this.take(word, "name");
  }

  protected expect(text: string, kind: Token["kind"] = "operator"): void {
    if (!this.take(text, kind)) this.fail(`expected ${JSON.stringify(text)}, not ${describeToken(this.token)}`);
  }

  protected name(): string {
    const token = this.token;
    if (token.kind !== "name") this.fail(`expected a name, not ${describeToken(token)}`);
    this.at++;
    return token.text;
  }

  /**
   * Parses expressions separated by commas to a tuple, or a single expression without a comma to
   * itself.
   */
  protected tuple(withCondition = true): Expression {
    const items: Expression[] = [];
    let several = false;
    const one = () => withCondition ? this.expression() : this.or();
    for (;;) {
      if (several && (this.token.kind === "close" || this.is(")") || this.is("]"))) break;
      items.push(one());
      if (!this.take(",")) break;
      several = true;
    }
    return several ? { kind: "tuple", items } : items[0]!;
  }

  protected expression(): Expression {
    let value = this.or();
    while (this.takeWord("if")) {
      const test = this.or();
      const otherwise = this.takeWord("else") ? this.expression() : undefined;
      value = { kind: "condition", test, then: value, otherwise };
    }
    return value;
  }

  protected or(): Expression {
    let left = this.and();
    while (this.takeWord("or")) left = { kind: "binary", operator: "or", left, right: this.and() };
    return left;
  }

  protected and(): Expression {
    let left = this.not();
    while (this.takeWord("and")) left = { kind: "binary", operator: "and", left, right: this.not() };
    return left;
  }

  protected not(): Expression {
    return this.takeWord("not") ? { kind: "unary", operator: "not", of: this.not() } : this.comparison();
  }

  protected comparison(): Expression {
    const first = this.sum();
    const rest: [string, Expression][] = [];
    for (let operator; (operator = this.comparator()) !== undefined;) rest.push([operator, this.sum()]);
    return rest.length === 0 ? first : { kind: "compare", first, rest };
  }

  protected comparator(): string | undefined {
    const { kind, text } = this.token;
    if (kind === "operator" && COMPARISONS.includes(text)) {
      this.at++;
      return text;
    }
    if (this.takeWord("in")) return "in";
    if (!this.word("not") || this.tokens[this.at + 1]?.text !== "in") return undefined;
    this.at += 2;
    return "not in";
  }

  protected binary(operators: readonly string[], next: () => Expression): Expression {
    let left = next();
    while (this.token.kind === "operator" && operators.includes(this.token.text)) {
      const operator = this.token.text;
      this.at++;
      left = { kind: "binary", operator, left, right: next() };
    }
    return left;
  }

  protected sum(): Expression {
    return this.binary(["+", "-"], () => this.concat());
  }

  protected concat(): Expression {
    const items = [this.product()];
    while (this.take("~")) items.push(this.product());
    return items.length === 1 ? items[0]! : { kind: "concat", items, constant: items.every(isConstant) };
  }

  protected product(): Expression {
    return this.binary(["*", "/", "//", "%"], () => this.binary(["**"], () => this.unary(true)));
  }

  protected unary(withFilters: boolean): Expression {
    let value: Expression;
    if (this.take("-")) value = { kind: "unary", operator: "-", of: this.unary(false) };
    else if (this.take("+")) value = { kind: "unary", operator: "+", of: this.unary(false) };
    else value = this.primary();
    value = this.postfix(value);
    return withFilters ? this.filters(value, false) : value;
  }

  protected primary(): Expression {
    const token = this.token;
    this.at++;
    switch (token.kind) {
      case "name":
        return token.text in CONSTANTS
          ? { kind: "constant", value: CONSTANTS[token.text] }
          : { kind: "name", name: token.text };
      case "number":
        return { kind: "constant", value: numberOf(token.text) };
      case "string": {
        let value = token.text;
        for (; this.token.kind === "string"; this.at++) value += this.token.text;
        return { kind: "constant", value };
      }
      default:
        return this.bracketed(token);
    }
  }

  protected bracketed(token: Token): Expression {
    if (token.kind === "operator" && token.text === "(") {
      if (this.take(")")) return { kind: "tuple", items: [] };
      const value = this.tuple();
      this.expect(")");
      return value;
    }
    if (token.kind === "operator" && token.text === "[") return { kind: "list", items: this.list("]") };
    if (token.kind === "operator" && token.text === "{") return { kind: "dict", items: this.pairs() };
    return this.fail(`unexpected ${describeToken(token)}`, token);
  }

  protected list(end: string): Expression[] {
    const items: Expression[] = [];
    while (!this.take(end)) {
      if (items.length > 0) this.expect(",");
      if (this.take(end)) break;
      items.push(this.expression());
    }
    return items;
  }

  protected pairs(): [Expression, Expression][] {
    const items: [Expression, Expression][] = [];
    while (!this.take("}")) {
      if (items.length > 0) this.expect(",");
      if (this.take("}")) break;
      const key = this.expression();
      this.expect(":");
      items.push([key, this.expression()]);
    }
    return items;
  }

  protected postfix(value: Expression): Expression {
    for (;;) {
      if (this.take(".")) value = this.attribute(value);
      else if (this.take("[")) value = this.subscript(value);
      else if (this.take("(")) value = { kind: "call", of: value, args: this.args() };
      else return value;
    }
  }

  protected attribute(of: Expression): Expression {
    const token = this.token;
    if (token.kind !== "number") return { kind: "attribute", of, name: this.name() };
    this.at++;
    // the lexer reads the indices of "a.0.1" as the number 0.1
    return token.text.split(".").reduce<Expression>(
      (owner, index) => ({ kind: "item", of: owner, key: { kind: "constant", value: Number(index) } }),
      of,
    );
  }

  protected subscript(of: Expression): Expression {
    const bounds: [Expression | undefined, Expression | undefined, Expression | undefined] = [
      undefined,
      undefined,
      undefined,
    ];
    let index = 0;
    if (!this.is(":")) {
      const key = this.tuple();
      if (this.take("]")) return { kind: "item", of, key };
      bounds[0] = key;
    }
    while (this.take(":")) {
      if (++index > 2) this.fail("a slice has at most three bounds");
      if (!this.is(":") && !this.is("]")) bounds[index] = this.expression();
    }
    this.expect("]");
    return { kind: "slice", of, bounds };
  }

  protected args(): Argument[] {
    const args: Argument[] = [];
    while (!this.take(")")) {
      if (args.length > 0) this.expect(",");
      if (this.take(")")) break;
      if (this.take("**")) args.push({ name: "**", value: this.expression() });
      else if (this.take("*")) args.push({ name: "*", value: this.expression() });
      else if (this.token.kind === "name" && this.tokens[this.at + 1]?.text === "=") {
        const name = this.name();
        this.at++;
        args.push({ name, value: this.expression() });
      } else {
        if (args.some(({ name }) => name !== undefined && name !== "*")) {
          this.fail("an argument without a name follows one with a name");
        }
        args.push({ name: undefined, value: this.expression() });
      }
    }
    return args;
  }

  /**
   * Parses the filters, tests and calls that follow a value. `begun` is whether the first filter
   * has no `|` before it.
   */
  protected filters(value: Expression, begun: boolean): Expression;
  protected filters(value: Expression | undefined, begun: boolean): Expression;
  protected filters(value: Expression | undefined, begun: boolean): Expression {
    let of = value;
    for (;;) {
      if (begun || this.take("|")) of = this.filter(of);
      else if (of !== undefined && this.takeWord("is")) of = this.test(of);
      else if (of !== undefined && this.take("(")) of = { kind: "call", of, args: this.args() };
      else return of!;
      begun = false;
    }
  }

  protected filter(of: Expression | undefined): Expression {
    const at = this.token;
    const name = this.dotted();
    if (!Object.hasOwn(FILTERS, name)) this.fail(`no filter named ${JSON.stringify(name)}`, at);
    return { kind: "filter", of, name, args: this.take("(") ? this.args() : [] };
  }

  protected dotted(): string {
    let name = this.name();
    while (this.take(".")) name += `.${this.name()}`;
    return name;
  }

  protected test(of: Expression): Expression {
    const negated = this.takeWord("not");
    const at = this.token;
    const name = this.token.kind === "name" ? this.dotted() : this.fail(`expected a test, not ${describeToken(at)}`);
    if (!Object.hasOwn(ALL_TESTS, name)) this.fail(`no test named ${JSON.stringify(name)}`, at);
    return { kind: "test", of, name, args: this.testArgs(), negated };
  }

  /** Parses the arguments of a test. A single argument needs no parentheses. */
  protected testArgs(): Argument[] {
    if (this.take("(")) return this.args();
    const { kind, text } = this.token;
    const begins = kind === "string" || kind === "number" || kind === "operator" && (text === "[" || text === "{") ||
      kind === "name" && !["else", "or", "and", "if", "is", "in", "not", "recursive"].includes(text);
    return begins ? [{ name: undefined, value: this.postfix(this.primary()) }] : [];
  }
}

/** Returns the text of a token for error messages. */
export function describeToken({ kind, text }: Token): string {
  return kind === "end" ? "the end of the template" : JSON.stringify(text);
}

function numberOf(text: string): unknown {
  const digits = text.replaceAll("_", "");
  return /^\d+$|^0[xob]/i.test(digits) ? integer(BigInt(digits)) : float(Number(digits));
}

/** Filters that depend on the environment, which Jinja's optimizer does not evaluate. */
const RUNTIME_FILTERS = ["map", "random", "reject", "rejectattr", "select", "selectattr"];

/** Returns whether Jinja's optimizer evaluates an expression when it compiles the template. */
function isConstant(expression: Expression): boolean {
  switch (expression.kind) {
    case "constant":
      return true;
    case "list":
    case "tuple":
    case "concat":
      return expression.items.every(isConstant);
    case "filter":
      return !RUNTIME_FILTERS.includes(expression.name) && expression.of !== undefined &&
        [expression.of, ...expression.args.map(({ value }) => value)].every(isConstant);
    case "unary":
      return isConstant(expression.of);
    case "binary":
      return isConstant(expression.left) && isConstant(expression.right);
    default:
      return false;
  }
}
