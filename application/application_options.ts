import type { Document } from "../document/document.ts";
import type { PatchPolicy } from "../document/patches/patch_policy.ts";
import type { SessionContext } from "../document/session_context.ts";
import type { Theme } from "../document/themes/theme.ts";
import type { LifecycleHooks } from "./hooks.ts";

/** Fills the document of a session: called once for each, with the document as `curdoc()`. */
export type ApplicationFunction = (doc: Document) => void | Promise<void>;

/** What an application tells at its `/metadata`. */
export type Metadata = Record<string, unknown>;

/**
 * What becomes of the mistakes that are found in a document when its application has filled it: nobody looks for any, they
 * are logged, errors among them make a failure, or warnings do too.
 */
export type DocumentValidation = "off" | "log" | "errors" | "all";

/**
 * Which users may join a session that another user has opened: all who may use the application, none, or those for whom a function returns
 * true. `context.request.user` is the user who opened it. Without a login there are no users, and everybody who knows a session's id joins it.
 */
export type SharingPolicy = boolean | ((user: unknown, context: SessionContext) => boolean | Promise<boolean>);

/** What an application is, beside the function that fills documents. */
export interface ApplicationOptions {
  /**
   * Module or folder of the application's code, as `import.meta.url`: an uncaught error whose stack has a line of it is one of the
   * application. Known for applications that are loaded from a path.
   */
  source?: string | URL | undefined;
  /** Data about the application, or a function that makes it for each request. */
  metadata?: Metadata | (() => Metadata | Promise<Metadata>) | undefined;
  /** Path of a folder that is served at `static/` under the application's path. */
  static?: string | undefined;
  /** Text of the template of its pages, in the language of Jinja. */
  template?: string | undefined;
  /** Texts of other templates, which that one may include, import or extend, by their paths. */
  templates?: Readonly<Record<string, string>> | undefined;
  /** Theme of its documents, or the name of one that Bokeh has. */
  theme?: Theme | string | undefined;
  /** What runs when the server and its sessions start and end. */
  hooks?: LifecycleHooks | undefined;
  /** What clients may change: a function of your own, or `widgetsAndTools`. Everything by default. */
  acceptPatch?: PatchPolicy | undefined;
  /** Which users may join a session that another has opened. @default {false} */
  shareSessions?: SharingPolicy | undefined;
}

/** An application as it was loaded. */
export interface LoadedApplication {
  fill: ApplicationFunction;
  options: ApplicationOptions;
}
