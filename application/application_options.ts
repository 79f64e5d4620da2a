/**
 * What an author can specify about an application.
 *
 * @module
 */

import type { Document } from "../document/document.ts";
import type { PatchPolicy } from "../document/patches/patch_policy.ts";
import type { SessionContext } from "../document/document.ts";
import type { Theme } from "../document/themes/theme.ts";
import type { LifecycleHooks } from "./hooks.ts";

/**
 * Fills the document of a session. Called once for each session, with the document as `curdoc()`.
 */
export type ApplicationFunction = (doc: Document) => void | Promise<void>;

/**
 * Metadata of an application, which the server returns at its `/metadata`. Must be serializable as
 * JSON.
 */
export type Metadata = Record<string, unknown>;

/**
 * What to do about problems that validation finds in a document after the application has filled
 * it: `"off"` skips validation, `"log"` logs all problems, `"errors"` also fails if there are
 * errors, `"all"` also fails if there are warnings.
 */
export type DocumentValidation = "off" | "log" | "errors" | "all";

/**
 * Which users may join a session that another user opened: `true` for all users of the application,
 * `false` for none, or a function that decides for each user. `context.request.user` is the user
 * who opened the session. Without a login there are no users, and every client that knows a
 * session's id can join it.
 */
export type SharingPolicy = boolean | ((user: unknown, context: SessionContext) => boolean | Promise<boolean>);

/** Options of an application. */
export interface ApplicationOptions {
  /**
   * Module or folder of the application's code, as `import.meta.url`. An uncaught error whose stack
   * contains a line of it is attributed to the application.
   *
   * @default The path or URL, for an application that is loaded from one.
   */
  source?: string | URL | undefined;
  /** Metadata, or a function that returns it for each request. Served at `/metadata`. */
  metadata?: Metadata | (() => Metadata | Promise<Metadata>) | undefined;
  /** Path of a folder to serve at `static/` below the application's path. */
  static?: string | undefined;
  /** Text of the Jinja template of the application's pages. */
  template?: string | undefined;
  /** Texts of templates that the page template can include, import or extend, by their paths. */
  templates?: Readonly<Record<string, string>> | undefined;
  /** Theme of the documents, or the name of a built-in theme. */
  theme?: Theme | string | undefined;
  /** Lifecycle hooks of the server and its sessions. */
  hooks?: LifecycleHooks | undefined;
  /**
   * Which changes clients may make: a function, or `widgetsAndTools`.
   *
   * @default All changes.
   */
  acceptPatch?: PatchPolicy | undefined;
  /** Which users may join a session that another user opened. @default {false} */
  shareSessions?: SharingPolicy | undefined;
}

/** A loaded application: what `new Application(fill, options)` takes. */
export interface LoadedApplication {
  fill: ApplicationFunction;
  options: ApplicationOptions;
}
