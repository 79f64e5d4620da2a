/**
 * Syntax tree of templates.
 *
 * @module
 */

/** An argument of a call. */
export interface Argument {
  /**
   * Name of a keyword argument; `*` or `**` for unpacked arguments; undefined for a positional
   * argument.
   */
  readonly name: string | undefined;
  readonly value: Expression;
}

/** An expression. */
export type Expression =
  | { readonly kind: "constant"; readonly value: unknown }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "list" | "tuple"; readonly items: readonly Expression[] }
  | { readonly kind: "dict"; readonly items: readonly (readonly [Expression, Expression])[] }
  | { readonly kind: "attribute"; readonly of: Expression; readonly name: string }
  | { readonly kind: "item"; readonly of: Expression; readonly key: Expression }
  | {
    readonly kind: "slice";
    readonly of: Expression;
    readonly bounds: readonly [Expression | undefined, Expression | undefined, Expression | undefined];
  }
  | { readonly kind: "call"; readonly of: Expression; readonly args: readonly Argument[] }
  | {
    readonly kind: "filter";
    readonly of: Expression | undefined;
    readonly name: string;
    readonly args: readonly Argument[];
  }
  | {
    readonly kind: "test";
    readonly of: Expression;
    readonly name: string;
    readonly args: readonly Argument[];
    readonly negated: boolean;
  }
  | { readonly kind: "unary"; readonly operator: "not" | "-" | "+"; readonly of: Expression }
  | { readonly kind: "binary"; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | {
    readonly kind: "concat";
    readonly items: readonly Expression[];
    /** Whether all items are constants. */
    readonly constant: boolean;
  }
  | { readonly kind: "compare"; readonly first: Expression; readonly rest: readonly (readonly [string, Expression])[] }
  | {
    readonly kind: "condition";
    readonly test: Expression;
    readonly then: Expression;
    readonly otherwise: Expression | undefined;
  };

/** The left side of an assignment: a name, an attribute of a namespace, or several targets. */
export type Target =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "attribute"; readonly of: string; readonly name: string }
  | { readonly kind: "several"; readonly targets: readonly Target[] };

/** A parameter of a macro or of a call block. */
export interface Parameter {
  readonly name: string;
  readonly otherwise: Expression | undefined;
}

/** A macro, or the body of a call block. */
export interface Macro {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly body: Body;
  /**
   * Which of `varargs`, `kwargs` and `caller` the body reads. A macro accepts such arguments only
   * if it reads them.
   */
  readonly reads: ReadonlySet<string>;
}

/** A statement or a text, with the number of its first line, from 1. */
export type Statement =
  & { readonly line: number }
  & (
    | { readonly kind: "text"; readonly text: string }
    | { readonly kind: "output"; readonly value: Expression }
    | { readonly kind: "if"; readonly branches: readonly (readonly [Expression, Body])[]; readonly otherwise: Body }
    | {
      readonly kind: "for";
      readonly target: Target;
      readonly items: Expression;
      readonly test: Expression | undefined;
      readonly recursive: boolean;
      readonly body: Body;
      readonly otherwise: Body;
    }
    | { readonly kind: "set"; readonly target: Target; readonly value: Expression }
    | {
      readonly kind: "capture";
      readonly target: Target;
      readonly filters: Expression | undefined;
      readonly body: Body;
    }
    | { readonly kind: "with"; readonly assignments: readonly (readonly [Target, Expression])[]; readonly body: Body }
    | {
      readonly kind: "block";
      readonly name: string;
      readonly scoped: boolean;
      readonly required: boolean;
      readonly body: Body;
    }
    | { readonly kind: "extends"; readonly parent: Expression }
    | {
      readonly kind: "include";
      readonly names: Expression;
      readonly ignoreMissing: boolean;
      readonly withContext: boolean;
    }
    | { readonly kind: "import"; readonly from: Expression; readonly as: string; readonly withContext: boolean }
    | {
      readonly kind: "from";
      readonly from: Expression;
      readonly names: readonly (readonly [name: string, as: string])[];
      readonly withContext: boolean;
    }
    | { readonly kind: "macro"; readonly macro: Macro }
    | { readonly kind: "call"; readonly call: Expression; readonly caller: Macro }
    | { readonly kind: "filter"; readonly filters: Expression; readonly body: Body }
    | { readonly kind: "autoescape"; readonly value: Expression; readonly body: Body }
  );

/** A sequence of statements. */
export type Body = readonly Statement[];

/** A parsed template. */
export interface ParsedTemplate {
  readonly body: Body;
  /** All blocks by name, including nested ones. */
  readonly blocks: ReadonlyMap<string, Extract<Statement, { kind: "block" }>>;
}
