import type { Application } from "../application/application.ts";
import type { ApplicationFunction } from "../application/application_options.ts";

/** What may be tested: what may be served. */
export type TestSource = ApplicationFunction | Application | string | URL;

/** Options of {@linkcode serveApp}. */
export interface TestAppOptions {
  /**
   * What the application finds in `serverContext.argv`.
   *
   * @default {[]}
   */
  argv?: readonly string[] | undefined;
  /** Where a visitor logs out. */
  logoutUrl?: string | undefined;
}
