/**
 * Options of an application that its author can set.
 *
 * @module
 */

import type { Document } from "../document/document.ts";
import type { PatchPolicy } from "../document/patches/patch_policy.ts";
import type { SessionContext } from "../document/document.ts";
import type { Theme } from "../document/themes/theme.ts";
import type { LifecycleHooks } from "./hooks.ts";
import type { ApplicationRoutes } from "./routes.ts";

/**
 * Fills a new, empty document, which is also `curdoc()` while the function and its promise run. The
 * server calls it when it creates a session, and when it resumes a session from a session store;
 * the commands `json` and `html` call it once.
 */
export type ApplicationFunction = (doc: Document) => void | Promise<void>;

/**
 * Metadata of an application, which the server returns as JSON at `metadata` below the
 * application's path. Must be serializable as JSON.
 */
export type Metadata = Record<string, unknown>;

/**
 * What to do about problems that validation finds in a document after the application has filled
 * it: `"off"` skips validation, `"log"` logs all problems, `"errors"` also throws if there are
 * errors, `"all"` also throws if there are warnings.
 */
export type DocumentValidation = "off" | "log" | "errors" | "all";

/**
 * Which users may join a session that another user opened: `true` for all users of the application,
 * `false` for none, or a function that decides for each user. Its argument `user` is the user who
 * wants to join, `context.request.user` the one who opened the session.
 *
 * Does not apply to clients with a read-only token, who can always join. Without a login there are
 * no users, and every client that knows a session's id can join it.
 */
export type SharingPolicy = boolean | ((user: unknown, context: SessionContext) => boolean | Promise<boolean>);

/** Options of an application. */
export interface ApplicationOptions {
  /**
   * URL of the module or folder of the application's code, such as `import.meta.url`. An uncaught
   * error is attributed to the application if its stack trace has a line of this module, or of a
   * file below this folder.
   *
   * @default The path or URL, for an application that is loaded from one.
   */
  source?: string | URL | undefined;
  /** Metadata, or a function that the server calls for each request of it. */
  metadata?: Metadata | (() => Metadata | Promise<Metadata>) | undefined;
  /** Path of a folder to serve at `static/` below the application's path. */
  static?: string | undefined;
  /** Source of the Jinja template of the application's pages. */
  template?: string | undefined;
  /** Sources of the templates that `template` can include, import or extend, by their paths. */
  templates?: Readonly<Record<string, string>> | undefined;
  /** Theme of the documents, or the name of a built-in theme. */
  theme?: Theme | string | undefined;
  /** Routes below the application's path, by their patterns. */
  routes?: ApplicationRoutes | undefined;
  /** Lifecycle hooks of the server and its sessions. */
  hooks?: LifecycleHooks | undefined;
  /**
   * Which changes clients may make: a function, or `widgetsAndTools`.
   *
   * @default The server's option `acceptPatch`, which allows all changes by default.
   */
  acceptPatch?: PatchPolicy | undefined;
  /**
   * Which users may join a session that another user opened.
   *
   * @default The server's option `shareSessions`, which is `false` by default.
   */
  shareSessions?: SharingPolicy | undefined;
  /**
   * Whether pages show that the server is busy: see the server's option of this name.
   *
   * @default The server's option `busyIndicator`, which is `false` by default.
   */
  busyIndicator?: boolean | undefined;
}

/** The arguments of `new Application(fill, options)` for an application that was loaded. */
export interface LoadedApplication {
  fill: ApplicationFunction;
  options: ApplicationOptions;
}
