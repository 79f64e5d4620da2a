import { getLogger } from "@logtape/logtape";
import type { Document } from "../document/document.ts";
import { syncOf } from "../document/document_sync.ts";
import type { ValidationIssue } from "../document/integrity/check_integrity.ts";
import type { PatchPolicy } from "../document/patches/patch_policy.ts";
import { ApplicationError } from "./application_error.ts";
import { runForApplication } from "./current_application.ts";
import type { LifecycleHooks } from "./hooks.ts";
import { type ParsedRoute, parseRoutes } from "./routes.ts";
import type {
  ApplicationFunction,
  ApplicationOptions,
  DocumentValidation,
  SharingPolicy,
} from "./application_options.ts";

const logger = getLogger(["bokeh", "application"]);

/** Keys of a token payload that the server sets itself. */
const RESERVED_KEYS = ["session_id", "session_expiry"];

/**
 * An application: a function that fills the document of each session, with its options.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Application, Document } from "@bokeh/server";
 *
 * const application = new Application((doc) => {
 *   doc.title = "Sales";
 * });
 * const doc = new Document();
 * await application.fill(doc);
 * assertEquals(doc.title, "Sales");
 * ```
 */
export class Application {
  /** Module or folder of the application's code, undefined if it is not known. */
  readonly source: URL | undefined;
  /** Metadata of the application, or a function that returns it. Served at `/metadata`. */
  readonly metadata: ApplicationOptions["metadata"];
  /**
   * Path of the folder that is served at `static/` below the application's path, null if there is
   * none.
   */
  readonly staticPath: string | null;
  /** Text of the page template, undefined for the default template. */
  readonly template: string | undefined;
  /**
   * Texts of the templates that the page template can include, import or extend, by their paths.
   */
  readonly templates: Readonly<Record<string, string>>;
  /**
   * The routes below the application's path.
   *
   * @internal
   */
  readonly routes: readonly ParsedRoute[];
  /** Lifecycle hooks. */
  readonly hooks: LifecycleHooks;
  /** Which changes clients may make; undefined if the server decides. */
  readonly acceptPatch: PatchPolicy | undefined;
  /** Which users may join a session of another user; undefined if the server decides. */
  readonly shareSessions: SharingPolicy | undefined;
  /** Whether pages show that the server is busy; undefined if the server decides. */
  readonly busyIndicator: boolean | undefined;
  readonly #fill: ApplicationFunction;
  readonly #options: ApplicationOptions;

  /**
   * Creates an application.
   *
   * @param fill Fills the document of each session.
   * @param options Templates, theme, hooks and policies.
   * @throws {TypeError} If `fill` is not a function.
   */
  constructor(fill: ApplicationFunction, options: ApplicationOptions = {}) {
    if (typeof fill !== "function") throw new TypeError(`Cannot create application: ${typeof fill} is not a function`);
    this.#fill = fill;
    this.#options = options;
    this.source = options.source === undefined ? undefined : new URL(options.source);
    this.metadata = options.metadata;
    this.staticPath = options.static ?? null;
    this.template = options.template;
    this.templates = options.templates ?? {};
    this.routes = parseRoutes(options.routes, "the application").map(({ pattern, handler }) => ({
      pattern,
      // Later errors are attributed to the application.
      handler: (request, context) => runForApplication(this, () => handler(request, context)),
    }));
    this.hooks = this.#inContext(options.hooks ?? {});
    this.acceptPatch = options.acceptPatch;
    this.shareSessions = options.shareSessions;
    this.busyIndicator = options.busyIndicator;
  }

  /**
   * Creates an application from any of its forms.
   *
   * @param source A function that fills a document; the path or URL of a module whose default
   * export is such a function; the path of a directory with `main.ts` or `main.js`; the path of a
   * JSON document; or an application, which is returned as it is.
   * @throws {TypeError} If the source is none of these. The message says what is wrong with it.
   */
  static async from(source: ApplicationFunction | string | URL | Application): Promise<Application> {
    if (source instanceof Application) return source;
    if (typeof source === "function") return new Application(source);
    if (typeof source !== "string" && !(source instanceof URL)) {
      throw new TypeError(
        `Cannot create application from ${source}: it is neither a function, nor a path, nor an Application`,
      );
    }
    // Loaded on demand: programs that only serve functions do not need the loader.
    const { loadApplication } = await import("./load.ts");
    const { fill, options } = await loadApplication(source);
    return new Application(fill, options);
  }

  /**
   * Fills a document and validates it. The document is `curdoc()` for the application's code,
   * including the promises that it leaves pending, which are awaited.
   *
   * @param doc The document.
   * @param validation What to do about problems that validation finds.
   * @throws {ApplicationError} If the application throws, or if validation finds problems that
   * `validation` does not allow.
   */
  async fill(doc: Document, validation: DocumentValidation = "log"): Promise<void> {
    const { theme, template } = this.#options;
    if (theme !== undefined) doc.theme = theme;
    if (template !== undefined) doc.template = template;
    try {
      const sync = syncOf(doc);
      await sync.runAs(() => this.#fill(doc));
      if (!sync.isSettled) await sync.settled();
    } catch (error) {
      throw new ApplicationError(error);
    }
    if (validation !== "off") validate(doc, validation);
  }

  /**
   * Returns hooks that run with this application as the current one, so that later errors are
   * attributed to it.
   */
  #inContext(hooks: LifecycleHooks): LifecycleHooks {
    const wrapped = Object.entries(hooks).map(([name, hook]: [string, ((...args: never[]) => unknown) | undefined]) => [
      name,
      hook && ((...args: never[]) => runForApplication(this, () => hook(...args))),
    ]);
    return Object.fromEntries(wrapped);
  }

  /**
   * Calls the hook `processRequest` and returns the data that the application adds to the session
   * token of a page.
   *
   * @throws {TypeError} If the hook returns anything but an object, or an object with a reserved
   * key.
   */
  async processRequest(request: Request): Promise<Record<string, unknown>> {
    const payload = await this.hooks.processRequest?.(request) ?? {};
    if (typeof payload !== "object" || Array.isArray(payload)) {
      const kind = Array.isArray(payload) ? "array" : typeof payload;
      throw new TypeError(`Cannot use the result of processRequest: ${kind} is not a plain object`);
    }
    for (const key of RESERVED_KEYS) {
      if (Object.hasOwn(payload, key)) {
        throw new TypeError(`Cannot use the result of processRequest: ${key} is reserved`);
      }
    }
    return payload;
  }
}

/**
 * Logs the problems that validation finds, and throws if there are any that `validation` does not
 * allow.
 */
function validate(doc: Document, validation: Exclude<DocumentValidation, "off">): void {
  const issues = doc.validate();
  const describe = ({ code, name, level, text }: ValidationIssue) =>
    `${level === "error" ? "E" : "W"}-${code} ${name}: ${text}`;
  for (const issue of issues) logger.warn(describe(issue));
  const fatal = validation === "log" ? [] : issues.filter(({ level }) => validation === "all" || level === "error");
  if (fatal.length > 0) {
    throw new ApplicationError(new Error(`Cannot use the document: ${fatal.map(describe).join("; ")}`));
  }
}
