import { getLogger } from "@logtape/logtape";
import type { Document } from "../document/document.ts";
import type { ValidationIssue } from "../document/integrity/check_integrity.ts";
import type { PatchPolicy } from "../document/patches/patch_policy.ts";
import { ApplicationError } from "./application_error.ts";
import { runForApplication } from "./current_application.ts";
import type { LifecycleHooks } from "./hooks.ts";
import type {
  ApplicationFunction,
  ApplicationOptions,
  DocumentValidation,
  SharingPolicy,
} from "./application_options.ts";

const logger = getLogger(["bokeh", "application"]);

const FORBIDDEN_PAYLOAD = ["session_id", "session_expiry"];

/**
 * Something that fills documents: one for each session.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Application } from "./application.ts";
 * import { Document } from "../document/document.ts";
 *
 * const application = new Application((doc) => {
 *   doc.title = "Mine";
 * });
 * const doc = new Document();
 * await application.fill(doc);
 * assertEquals(doc.title, "Mine");
 * ```
 */
export class Application {
  /** Module or folder of its code, if it is known. */
  readonly source: URL | undefined;
  /** Data about the application, or what makes it. */
  readonly metadata: ApplicationOptions["metadata"];
  /** Path of the application's own static files. */
  readonly staticPath: string | null;
  /** Text of the template of its page, where it has one of its own. */
  readonly template: string | undefined;
  /** Texts of the templates that its own may include, by their paths. */
  readonly templates: Readonly<Record<string, string>>;
  /** Functions to call at the turns of its life. */
  readonly hooks: LifecycleHooks;
  /** What clients may change; undefined where the server says it. */
  readonly acceptPatch: PatchPolicy | undefined;
  /** Which users may join the session of another; undefined if the server decides. */
  readonly shareSessions: SharingPolicy | undefined;
  readonly #fill: ApplicationFunction;
  readonly #options: ApplicationOptions;

  /** Makes an application of the function that fills a document. */
  constructor(fill: ApplicationFunction, options: ApplicationOptions = {}) {
    if (typeof fill !== "function") throw new TypeError(`Cannot make application: ${typeof fill} is not a function`);
    this.#fill = fill;
    this.#options = options;
    this.source = options.source === undefined ? undefined : new URL(options.source);
    this.metadata = options.metadata;
    this.staticPath = options.static ?? null;
    this.template = options.template;
    this.templates = options.templates ?? {};
    this.hooks = this.#inContext(options.hooks ?? {});
    this.acceptPatch = options.acceptPatch;
    this.shareSessions = options.shareSessions;
  }

  /**
   * Makes an application of what it may be given as: a function, the path or URL of a module with a default export, the
   * path of a directory or of a JSON file, or an application.
   */
  static async from(source: ApplicationFunction | string | URL | Application): Promise<Application> {
    if (source instanceof Application) return source;
    if (typeof source === "function") return new Application(source);
    if (typeof source !== "string" && !(source instanceof URL)) {
      throw new TypeError(
        `Cannot make application of ${source}: it is neither a function nor a path, nor an Application`,
      );
    }
    const { loadApplication } = await import("./load.ts"); // a program with its applications in it does without
    const { fill, options } = await loadApplication(source);
    return new Application(fill, options);
  }

  /**
   * Fills a document, which is `curdoc()` meanwhile, and looks for mistakes in it.
   *
   * @param doc The document.
   * @param validation What becomes of the mistakes that are found.
   * @throws {ApplicationError} if the application throws, or there are mistakes that it must not have: tells the author where.
   */
  async fill(doc: Document, validation: DocumentValidation = "log"): Promise<void> {
    const { theme, template } = this.#options;
    if (theme !== undefined) doc.theme = theme;
    if (template !== undefined) doc.template = template;
    try {
      await doc.runAs(() => this.#fill(doc));
      if (!doc.isSettled) await doc.settled();
    } catch (error) {
      throw new ApplicationError(error);
    }
    if (validation !== "off") validate(doc, validation);
  }

  /** The hooks, each with this application as the current one, so that errors which they leave behind can be told apart. */
  #inContext(hooks: LifecycleHooks): LifecycleHooks {
    const wrapped = Object.entries(hooks).map(([name, hook]: [string, ((argument: never) => unknown) | undefined]) => [
      name,
      hook && ((argument: never) => runForApplication(this, () => hook(argument))),
    ]);
    return Object.fromEntries(wrapped);
  }

  /** What the application puts into the token of a page. */
  async processRequest(request: Request): Promise<Record<string, unknown>> {
    const payload = await this.hooks.processRequest?.(request) ?? {};
    if (typeof payload !== "object" || Array.isArray(payload)) {
      const kind = Array.isArray(payload) ? "array" : typeof payload;
      throw new TypeError(`Cannot use what processRequest returned: ${kind} is not an object with names`);
    }
    for (const key of FORBIDDEN_PAYLOAD) {
      if (Object.hasOwn(payload, key)) throw new TypeError(`Cannot use what processRequest returned: it names ${key}`);
    }
    return payload;
  }
}

/** Logs what is found in a document, and throws where it must not be. */
function validate(doc: Document, validation: Exclude<DocumentValidation, "off">): void {
  const issues = doc.validate();
  const tell = ({ code, name, level, text }: ValidationIssue) =>
    `${level === "error" ? "E" : "W"}-${code} ${name}: ${text}`;
  for (const issue of issues) logger.warn(tell(issue));
  const fatal = validation === "log" ? [] : issues.filter(({ level }) => validation === "all" || level === "error");
  if (fatal.length > 0) {
    throw new ApplicationError(new Error(`Cannot use the document: ${fatal.map(tell).join("; ")}`));
  }
}
