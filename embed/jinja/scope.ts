/**
 * Scopes of variables in templates.
 *
 * @module
 */

import { Undefined } from "./types.ts";

/** A scope: its own variables, and access to those of its parents. */
export class Scope {
  /** The scope's own variables by name. */
  readonly variables = new Map<string, unknown>();
  /** Whether output is escaped. */
  escapes: boolean;

  constructor(readonly parent: Scope | undefined, escapes: boolean = parent?.escapes ?? true) {
    this.escapes = escapes;
  }

  /**
   * Returns the value of a variable of this scope or its nearest parent; an undefined value if
   * there is none.
   */
  get(name: string): unknown {
    const value = this.variables.get(name);
    if (value !== undefined) return value;
    return this.parent === undefined ? new Undefined(name) : this.parent.get(name);
  }

  /** Sets a variable of this scope. Parents do not change. */
  set(name: string, value: unknown): void {
    this.variables.set(name, value);
  }
}
