/**
 * The custom models that the program has defined, for the pages that show them.
 *
 * @module
 */

import type { PropertyTypeDefinition } from "../property_types/defined_type.ts";

/** A script of another author that a page loads before the code of a custom model. */
export interface ScriptSource {
  /** URL of the script: `https:`, or `file:` for a script that the server serves. */
  readonly src: string | URL;
  /** Value of the `integrity` attribute, for a script on another server. */
  readonly integrity?: string;
}

/** A property of a custom model as BokehJS defines it. */
export interface ExtensionProperty {
  /** The name of the property. */
  readonly name: string;
  /** The type of the property. */
  readonly kind: PropertyTypeDefinition;
  /** The representation of its default; absent if the server always sends the value. */
  readonly default?: unknown;
}

/** The browser's side of a custom model. */
export interface Extension {
  /** The name of the class on the wire. */
  readonly name: string;
  /** The name of the base class on the wire. */
  readonly base: string;
  /** The properties that the class adds. */
  readonly properties: readonly ExtensionProperty[];
  /** Representations of other defaults for inherited properties, by attribute. */
  readonly overrides: Readonly<Record<string, unknown>>;
  /**
   * Module of the view, or its bundle as text; undefined if `bundle` registers the class.
   */
  readonly view: URL | string | undefined;
  /** Script that registers the class with BokehJS, as `bokeh build` makes it. */
  readonly bundle: URL | undefined;
  /** Scripts that are loaded before the view. */
  readonly javascript: readonly ScriptSource[];
  /** Style sheets of the view: texts, or URLs of files or of other servers. */
  readonly css: readonly (string | URL)[];
}

const extensions = new Map<string, Extension>();
let version = 0;

/**
 * Adds a custom model. A later definition with the same name replaces the former, as when a module
 * is loaded again during development.
 */
export function addExtension(extension: Extension): void {
  extensions.set(extension.name, extension);
  version += 1;
}

/** Returns the custom models. Base classes come before the classes derived from them. */
export function definedExtensions(): Iterable<Extension> {
  return extensions.values();
}

/** Returns a number that changes with each definition of a custom model, 0 if there is none. */
export function extensionsVersion(): number {
  return version;
}
