/**
 * What applications use that browsers do not have.
 *
 * @module
 */

import type { OwnModule } from "./own_modules.ts";

/** A use of Deno's or Node's functions. `node:async_hooks` has a substitute. */
const USES = /\bDeno\.(?!inspect\b)[\w.]+|["']node:(?!async_hooks)[\w/]+["']|\bprocess\.\w+/g;

/**
 * Returns what modules use that browsers do not have, each with its file and line:
 * `app.ts:12: Deno.readTextFile`.
 */
export function unavailableIn(modules: readonly OwnModule[]): string[] {
  const found: string[] = [];
  for (const { name, text } of modules) {
    for (const [index, line] of text.split("\n").entries()) {
      for (const [use] of line.replace(/\/\/.*$/, "").matchAll(USES)) {
        found.push(`${name}:${index + 1}: ${use.replaceAll(/["']/g, "")}`);
      }
    }
  }
  return found;
}
