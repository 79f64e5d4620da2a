/**
 * Interpreter of parsed templates.
 *
 * @module
 */

import { errorMessage } from "../../common/error_message.ts";
import { applyFilter, argumentsOf, call, evaluate } from "./expressions.ts";
import { Loop } from "./loop.ts";
import type { Body, Expression, Macro, ParsedTemplate, Statement, Target } from "./nodes.ts";
import { Scope } from "./scope.ts";
import { Callable, Markup, Namespace, Tuple, Undefined } from "./types.ts";
import { isText, isUndefined } from "./type_checks.ts";
import { escape, str } from "./text.ts";
import { iterate, truth } from "./values.ts";

/** Returns the parsed template with a name; undefined if it does not exist. */
type TemplateLoader = (name: string) => ParsedTemplate | undefined;

type Of<K extends Statement["kind"]> = Extract<Statement, { kind: K }>;

/** An error while a template is rendered, with the line of the statement. */
export class TemplateRuntimeError extends Error {
  override name = "TemplateRuntimeError";

  constructor(readonly line: number, cause: unknown) {
    super(errorMessage(cause), { cause });
  }
}

/** Variables of a template, and access to other templates. */
interface RenderContext {
  /** Functions that every template can call. */
  readonly globals: Scope;
  /** Variables, which imported templates cannot read. Its parent is `globals`. */
  readonly context: Scope;
  readonly load: TemplateLoader;
}

/**
 * Renders a template.
 *
 * @throws {TemplateRuntimeError} If a statement fails. The error's cause is the original error.
 */
export function renderTemplate(template: ParsedTemplate, { globals, context, load }: RenderContext): string {
  return new Renderer(load, globals, new Scope(context)).render(template);
}

/** The variable `self`: functions that render blocks, by the names of the blocks. */
class BlockFunctions extends Map<string, Callable> {
  constructor(readonly blocks: ReadonlyMap<string, unknown>, readonly render: (name: string) => Markup) {
    super();
  }

  override has(name: string): boolean {
    return this.blocks.has(name);
  }

  override get(name: string): Callable | undefined {
    return this.has(name) ? new Callable(name, () => this.render(name)) : undefined;
  }
}

class Renderer {
  readonly #load: TemplateLoader;
  /** Functions that every template can call. */
  readonly #globals: Scope;
  /** Variables of the template and of the templates that it extends. */
  readonly #top: Scope;
  /** The definitions of each block, from the rendered template up to the base. */
  readonly #blocks = new Map<string, Of<"block">[]>();
  #parent: ParsedTemplate | undefined;

  constructor(load: TemplateLoader, globals: Scope, top: Scope) {
    this.#load = load;
    this.#globals = globals;
    this.#top = top;
    this.#top.set("self", new BlockFunctions(this.#blocks, (name) => new Markup(this.#block(name, 0, this.#top))));
  }

  render(template: ParsedTemplate): string {
    let text = "";
    for (let next: ParsedTemplate | undefined = template; next !== undefined; next = this.#parent) {
      this.#parent = undefined;
      for (const [name, block] of next.blocks) this.#blocks.set(name, [...this.#blocks.get(name) ?? [], block]);
      text += this.#body(next.body, this.#top);
    }
    return text;
  }

  /** Runs a template for the names that it exports. */
  exports(template: ParsedTemplate): Map<string, unknown> {
    this.render(template);
    return new Map([...this.#top.variables].filter(([name]) => name !== "self" && !name.startsWith("_")));
  }

  #body(body: Body, scope: Scope): string {
    let text = "";
    for (const statement of body) {
      // after "extends", statements outside of blocks are executed, but their output is dropped
      const shown = this.#statement(statement, scope);
      if (this.#parent === undefined) text += shown;
    }
    return text;
  }

  #statement(statement: Statement, scope: Scope): string {
    try {
      return this.#run(statement, scope);
    } catch (error) {
      throw error instanceof TemplateRuntimeError ? error : new TemplateRuntimeError(statement.line, error);
    }
  }

  #run(statement: Statement, scope: Scope): string {
    switch (statement.kind) {
      case "text":
        return statement.text;
      case "output":
        return this.#shown(evaluate(statement.value, scope), scope);
      case "if": {
        const branch = statement.branches.find(([test]) => truth(evaluate(test, scope)));
        return this.#body(branch === undefined ? statement.otherwise : branch[1], scope);
      }
      case "for":
        return this.#for(statement, scope);
      case "set":
        this.#assign(statement.target, evaluate(statement.value, scope), scope);
        return "";
      case "capture":
        this.#capture(statement, scope);
        return "";
      case "with": {
        const inner = new Scope(scope);
        for (const [target, value] of statement.assignments) this.#assign(target, evaluate(value, scope), inner);
        return this.#body(statement.body, inner);
      }
      case "autoescape":
        return this.#body(statement.body, new Scope(scope, truth(evaluate(statement.value, scope))));
      case "filter": {
        const text = this.#markup(this.#body(statement.body, new Scope(scope)), scope);
        return this.#shown(this.#filtered(statement.filters, text, scope), scope);
      }
      default:
        return this.#runDefinition(statement, scope);
    }
  }

  #runDefinition(
    statement: Of<"block" | "extends" | "include" | "import" | "from" | "macro" | "call">,
    scope: Scope,
  ): string {
    switch (statement.kind) {
      case "block":
        return this.#parent === undefined ? this.#block(statement.name, 0, statement.scoped ? scope : this.#top) : "";
      case "extends":
        this.#parent = this.#find(evaluate(statement.parent, scope));
        return "";
      case "include":
        return this.#include(statement, scope);
      case "import":
        scope.set(statement.as, this.#module(statement, scope));
        return "";
      case "from": {
        const exported = this.#module(statement, scope);
        for (const [name, as] of statement.names) scope.set(as, exported.get(name) ?? new Undefined(name));
        return "";
      }
      case "macro":
        scope.set(statement.macro.name, this.#macro(statement.macro, scope));
        return "";
      case "call": {
        const { args, keywords } = argumentsOf(statement.call.kind === "call" ? statement.call.args : [], scope);
        const caller = this.#macro(statement.caller, scope);
        const callee = statement.call.kind === "call" ? evaluate(statement.call.of, scope) : undefined;
        return this.#shown(call(callee, args, new Map([...keywords, ["caller", caller]])), scope);
      }
    }
  }

  #shown(value: unknown, scope: Scope): string {
    return scope.escapes ? escape(value).text : str(value);
  }

  #markup(text: string, scope: Scope): string | Markup {
    return scope.escapes ? new Markup(text) : text;
  }

  /** Applies filters that were parsed without a value. */
  #filtered(filters: Expression, value: unknown, scope: Scope): unknown {
    if (filters.kind !== "filter") return evaluate(filters, scope);
    const inner = filters.of === undefined ? value : this.#filtered(filters.of, value, scope);
    return applyFilter(filters, inner, scope);
  }

  #capture({ target, filters, body }: Of<"capture">, scope: Scope): void {
    const text = this.#markup(this.#body(body, new Scope(scope)), scope);
    this.#assign(target, filters === undefined ? text : this.#filtered(filters, text, scope), scope);
  }

  #assign(target: Target, value: unknown, scope: Scope): void {
    switch (target.kind) {
      case "name":
        return scope.set(target.name, isUndefined(value) ? new Undefined(target.name) : value);
      case "attribute": {
        const owner = scope.get(target.of);
        if (!(owner instanceof Namespace)) {
          throw new TypeError(`Cannot set ${target.of}.${target.name}: ${target.of} is not a namespace`);
        }
        owner.values.set(target.name, value);
        return;
      }
      case "several": {
        const items = iterate(value);
        if (items.length !== target.targets.length) {
          throw new TypeError(`Cannot unpack ${items.length} values into ${target.targets.length} names`);
        }
        target.targets.forEach((one, index) => this.#assign(one, items[index], scope));
      }
    }
  }

  #for(statement: Of<"for">, scope: Scope): string {
    return this.#loop(statement, evaluate(statement.items, scope), scope, 0);
  }

  #loop(statement: Of<"for">, value: unknown, scope: Scope, depth: number): string {
    const { target, test, body, otherwise, recursive } = statement;
    const items = iterate(value).filter((item) => {
      if (test === undefined) return true;
      const inner = new Scope(scope);
      this.#assign(target, item, inner);
      return truth(evaluate(test, inner));
    });
    if (items.length === 0) return this.#body(otherwise, new Scope(scope));
    const again = recursive
      ? (inner: unknown) => this.#markup(this.#loop(statement, inner, scope, depth + 1), scope)
      : undefined;
    const loop = new Loop(items, depth, again);
    let text = "";
    for (const item of items) {
      const inner = new Scope(scope);
      inner.set("loop", loop.advance());
      this.#assign(target, item, inner);
      text += this.#body(body, inner);
    }
    return text;
  }

  #block(name: string, level: number, around: Scope): string {
    const bodies = this.#blocks.get(name) ?? [];
    const block = bodies[level];
    if (block === undefined) throw new TypeError(`Cannot render block ${name}: there is no block above it`);
    if (block.required && bodies.length === level + 1) {
      throw new TypeError(`Cannot render block ${name}: it is required`);
    }
    const scope = new Scope(around);
    scope.set("super", this.#super(name, level + 1, around));
    return this.#body(block.body, scope);
  }

  /** Returns the function `super()` of a block. Its attribute `super` is that of the next level. */
  #super(name: string, level: number, around: Scope): Callable {
    const render = () => this.#markup(this.#block(name, level, around), around);
    const isThere = level + 1 < (this.#blocks.get(name)?.length ?? 0);
    return new Callable("super", render, isThere ? { super: this.#super(name, level + 1, around) } : {});
  }

  #find(name: unknown): ParsedTemplate {
    const names = Array.isArray(name) ? name : [name];
    for (const one of names) {
      const found = isText(one) ? this.#load(str(one)) : undefined;
      if (found !== undefined) return found;
    }
    throw new TypeError(`Cannot find the template ${names.map(str).join(" or ")}`);
  }

  #include({ names, ignoreMissing, withContext }: Of<"include">, scope: Scope): string {
    const name = evaluate(names, scope);
    const isThere = (Array.isArray(name) ? name : [name]).some((one) =>
      isText(one) && this.#load(str(one)) !== undefined
    );
    if (ignoreMissing && !isThere) return "";
    return new Renderer(this.#load, this.#globals, new Scope(withContext ? scope : this.#globals)).render(
      this.#find(name),
    );
  }

  #module({ from, withContext }: Of<"import" | "from">, scope: Scope): Map<string, unknown> {
    const template = this.#find(evaluate(from, scope));
    return new Renderer(this.#load, this.#globals, new Scope(withContext ? scope : this.#globals)).exports(template);
  }

  #macro({ name, parameters, body, reads }: Macro, around: Scope): Callable {
    const names = parameters.map((parameter) => parameter.name);
    return new Callable(name, (args, keywords) => {
      const scope = new Scope(around);
      const left = new Map(keywords);
      parameters.forEach(({ name, otherwise }, index) => {
        const given = index < args.length ? args[index] : keywords.get(name);
        if (index >= args.length) left.delete(name);
        const value = given !== undefined ? given : otherwise === undefined ? undefined : evaluate(otherwise, scope);
        scope.set(name, value === undefined ? new Undefined(name) : value);
      });
      const more = { name, most: names.length, varargs: args.slice(parameters.length), kwargs: left };
      setMoreArguments(scope, more, new Set([...reads].filter((special) => !names.includes(special))));
      return this.#markup(this.#body(body, scope), scope);
    }, { name, arguments: Tuple.of(...names) });
  }
}

interface MoreArguments {
  readonly name: string;
  /** Number of parameters. */
  readonly most: number;
  readonly varargs: readonly unknown[];
  readonly kwargs: Map<string, unknown>;
}

/**
 * Sets `caller`, `kwargs` and `varargs` of a macro. Throws a TypeError for arguments that the macro
 * does not read.
 */
function setMoreArguments(
  scope: Scope,
  { name, most, varargs, kwargs }: MoreArguments,
  reads: ReadonlySet<string>,
): void {
  if (reads.has("caller")) {
    scope.set("caller", kwargs.get("caller") ?? new Undefined("caller"));
    kwargs.delete("caller");
  }
  const [unknown] = kwargs.keys();
  if (reads.has("kwargs")) scope.set("kwargs", kwargs);
  else if (unknown !== undefined) {
    throw new TypeError(`Cannot call macro ${name}: it takes no argument named ${unknown}`);
  }
  if (reads.has("varargs")) scope.set("varargs", Tuple.of(...varargs));
  else if (varargs.length > 0) {
    throw new TypeError(`Cannot call macro ${name}: it takes ${most} arguments by position`);
  }
}
