/**
 * Names that a part of a template can see.
 *
 * @module
 */

import { Undefined } from "./types.ts";

/** Variables, and those of the parts around. */
export class Scope {
  readonly variables = new Map<string, unknown>();
  /** Whether output is escaped. */
  escapes: boolean;

  constructor(readonly parent: Scope | undefined, escapes: boolean = parent?.escapes ?? true) {
    this.escapes = escapes;
  }

  /** Returns the value of a name; an undefined value if there is none. */
  get(name: string): unknown {
    const value = this.variables.get(name);
    if (value !== undefined) return value;
    return this.parent === undefined ? new Undefined(name) : this.parent.get(name);
  }

  /** Sets a name here: parts around do not see it. */
  set(name: string, value: unknown): void {
    this.variables.set(name, value);
  }
}
