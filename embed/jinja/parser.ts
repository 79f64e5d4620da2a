/**
 * Parser of templates: statements, and the text between them.
 *
 * @module
 */

import { CONSTANTS, describeToken, ExpressionParser } from "./expression_parser.ts";
import type { Body, Expression, Macro, Parameter, ParsedTemplate, Statement, Target } from "./nodes.ts";

type Block = Extract<Statement, { kind: "block" }>;
/** A statement without its line number. */
type Parsed = Statement extends infer S ? S extends Statement ? Omit<S, "line"> : never : never;

/** Variables that a macro receives only if its body reads them. */
const SPECIAL_ARGUMENTS = ["varargs", "kwargs", "caller"];

/**
 * Parses a template.
 *
 * @throws {TemplateSyntaxError} If the template cannot be parsed.
 */
export function parseTemplate(source: string): ParsedTemplate {
  return new Parser(source).parse();
}

class Parser extends ExpressionParser {
  readonly #source: string;
  readonly #blocks = new Map<string, Block>();
  #line = 1;
  #lineAt = 0;

  constructor(source: string) {
    super(source);
    this.#source = source;
  }

  parse(): ParsedTemplate {
    const { body } = this.#body([]);
    return { body, blocks: this.#blocks };
  }

  /**
   * Parses statements up to a tag with one of these words. Consumes the word, but not what follows
   * it in the tag.
   */
  #body(ends: readonly string[]): { body: Body; end: string } {
    const body: Statement[] = [];
    const start = this.token;
    for (;;) {
      const token = this.token;
      const line = this.#lineOf(token.at);
      if (token.kind === "end") {
        if (ends.length > 0) this.fail(`${ends.at(-1)} is missing`, start);
        return { body, end: "" };
      }
      this.at++;
      if (token.kind === "text") body.push({ kind: "text", text: token.text, line });
      else if (token.text === "{{") {
        body.push({ kind: "output", value: this.tuple(), line });
        this.expect("}}", "close");
      } else {
        const word = this.name();
        if (ends.includes(word)) return { body, end: word };
        body.push({ ...this.#statement(word), line } as Statement);
      }
    }
  }

  #lineOf(at: number): number {
    for (; this.#lineAt < at; this.#lineAt++) if (this.#source[this.#lineAt] === "\n") this.#line++;
    return this.#line;
  }

  /** Parses the end of a tag, the body after it, and the tag that ends the body. */
  #bodyOf(end: string): Body {
    this.#close();
    const { body } = this.#body([end]);
    this.#close();
    return body;
  }

  #close(): void {
    this.expect("%}", "close");
  }

  #statement(word: string): Parsed {
    switch (word) {
      case "if":
        return this.#if();
      case "for":
        return this.#for();
      case "set":
        return this.#set();
      case "with":
        return this.#with();
      case "block":
        return this.#block();
      case "macro":
        return this.#macro();
      case "call":
        return this.#call();
      case "filter":
        return { kind: "filter", filters: this.filters(undefined, true), body: this.#bodyOf("endfilter") };
      case "autoescape":
        return { kind: "autoescape", value: this.expression(), body: this.#bodyOf("endautoescape") };
      default:
        return this.#reference(word);
    }
  }

  /** Parses tags that refer to other templates. */
  #reference(word: string): Parsed {
    switch (word) {
      case "extends":
        return this.#closed({ kind: "extends", parent: this.expression() });
      case "include":
        return this.#include();
      case "import": {
        const from = this.expression();
        if (!this.takeWord("as")) this.fail("import needs a name: as …");
        return this.#closed({ kind: "import", from, as: this.name(), withContext: this.#context(false) });
      }
      case "from":
        return this.#from();
      default:
        return this.fail(`unknown tag ${JSON.stringify(word)}`, this.tokens[this.at - 1]);
    }
  }

  #closed(statement: Parsed): Parsed {
    this.#close();
    return statement;
  }

  /** Parses `with context` or `without context`. Returns whether the context is passed. */
  #context(otherwise: boolean): boolean {
    const withContext = this.word("with");
    if (!withContext && !this.word("without")) return otherwise;
    this.at++;
    if (!this.takeWord("context")) this.fail("expected context");
    return withContext;
  }

  #if(): Parsed {
    const branches: [Expression, Body][] = [];
    let otherwise: Body = [];
    for (let word = "if"; word === "if" || word === "elif";) {
      const test = this.tuple();
      this.#close();
      const { body, end } = this.#body(["elif", "else", "endif"]);
      branches.push([test, body]);
      word = end;
      if (end === "else") otherwise = this.#bodyOf("endif");
      else if (end === "endif") this.#close();
    }
    return { kind: "if", branches, otherwise };
  }

  #for(): Parsed {
    const target = this.#target();
    if (!this.takeWord("in")) this.fail(`expected "in", not ${describeToken(this.token)}`);
    const items = this.tuple(false);
    const test = this.takeWord("if") ? this.expression() : undefined;
    const recursive = this.takeWord("recursive");
    this.#close();
    const { body, end } = this.#body(["else", "endfor"]);
    const otherwise = end === "else" ? this.#bodyOf("endfor") : [];
    if (end === "endfor") this.#close();
    return { kind: "for", target, items, test, recursive, body, otherwise };
  }

  #target(): Target {
    const targets = [this.#oneTarget()];
    let several = false;
    while (this.take(",")) {
      several = true;
      if (this.word("in") || this.is("=")) break;
      targets.push(this.#oneTarget());
    }
    return several ? { kind: "several", targets } : targets[0]!;
  }

  #oneTarget(): Target {
    if (this.take("(")) {
      const target = this.#target();
      this.expect(")");
      return target;
    }
    const name = this.name();
    if (name in CONSTANTS) this.fail(`cannot assign to ${name}`, this.tokens[this.at - 1]);
    return this.take(".") ? { kind: "attribute", of: name, name: this.name() } : { kind: "name", name };
  }

  #set(): Parsed {
    const target = this.#target();
    if (this.take("=")) return this.#closed({ kind: "set", target, value: this.tuple() });
    const filters = this.is("|") ? this.filters(undefined, false) : undefined;
    return { kind: "capture", target, filters, body: this.#bodyOf("endset") };
  }

  #with(): Parsed {
    const assignments: [Target, Expression][] = [];
    while (this.token.kind !== "close") {
      if (assignments.length > 0) this.expect(",");
      const target = this.#oneTarget();
      this.expect("=");
      assignments.push([target, this.expression()]);
    }
    return { kind: "with", assignments, body: this.#bodyOf("endwith") };
  }

  #block(): Parsed {
    const at = this.token;
    const name = this.name();
    if (this.#blocks.has(name)) this.fail(`block ${JSON.stringify(name)} is defined twice`, at);
    const scoped = this.takeWord("scoped");
    const required = this.takeWord("required");
    const block = { kind: "block", name, scoped: scoped || this.takeWord("scoped"), required, line: 0 } as const;
    // set before the body is parsed, in which no block may have the same name
    this.#blocks.set(name, { ...block, body: [] });
    this.#close();
    const { body } = this.#body(["endblock"]);
    if (this.token.kind === "name") this.expect(name, "name");
    this.#close();
    this.#blocks.set(name, { ...block, body });
    return { ...block, body };
  }

  #macro(): Parsed {
    const name = this.name();
    return { kind: "macro", macro: this.#macroOf(name, this.#parameters(), "endmacro") };
  }

  #macroOf(name: string, parameters: readonly Parameter[], end: string): Macro {
    const start = this.at;
    const body = this.#bodyOf(end);
    const names = this.tokens.slice(start, this.at).filter(({ kind }) => kind === "name").map(({ text }) => text);
    return { name, parameters, body, reads: new Set(names.filter((name) => SPECIAL_ARGUMENTS.includes(name))) };
  }

  #parameters(): Parameter[] {
    const parameters: Parameter[] = [];
    this.expect("(");
    while (!this.take(")")) {
      if (parameters.length > 0) this.expect(",");
      const name = this.name();
      const otherwise = this.take("=") ? this.expression() : undefined;
      if (otherwise === undefined && parameters.at(-1)?.otherwise !== undefined) {
        this.fail(`parameter ${name} without a default follows one with a default`);
      }
      parameters.push({ name, otherwise });
    }
    return parameters;
  }

  #call(): Parsed {
    const parameters = this.is("(") ? this.#parameters() : [];
    const call = this.expression();
    if (call.kind !== "call") this.fail("call needs a call of a macro");
    return { kind: "call", call, caller: this.#macroOf("caller", parameters, "endcall") };
  }

  #include(): Parsed {
    const names = this.expression();
    const ignoreMissing = this.takeWord("ignore");
    if (ignoreMissing && !this.takeWord("missing")) this.fail("expected missing");
    return this.#closed({ kind: "include", names, ignoreMissing, withContext: this.#context(true) });
  }

  #from(): Parsed {
    const from = this.expression();
    if (!this.takeWord("import")) this.fail("expected import");
    const names: [string, string][] = [];
    while (this.token.kind === "name" && !(this.#isContext())) {
      const name = this.name();
      if (name.startsWith("_")) this.fail(`cannot import ${name}: its name begins with an underscore`);
      names.push([name, this.takeWord("as") ? this.name() : name]);
      if (!this.take(",")) break;
    }
    return this.#closed({ kind: "from", from, names, withContext: this.#context(false) });
  }

  #isContext(): boolean {
    const next = this.tokens[this.at + 1];
    return (this.word("with") || this.word("without")) && next?.text === "context";
  }
}
