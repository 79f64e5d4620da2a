import type { Application } from "../application/application.ts";
import { belowPrefix } from "../handlers/auth.ts";
import { BokehjsFiles } from "../handlers/bokehjs_files.ts";
import type { ServedApplication } from "../handlers/context.ts";
import { StaticFolder } from "../handlers/static_folder.ts";
import type { StaticSource } from "../handlers/static_source.ts";
import type { SessionObserver } from "../session/observer.ts";
import type { Trace } from "../session/trace.ts";
import { SessionRegistry } from "../session/registry.ts";
import type { SessionQuota } from "../session/session_quota.ts";
import { patchLimits } from "./limits.ts";
import type { ResolvedOptions } from "./resolve_options.ts";

/** BokehJS, for the server and all applications: what is compressed once serves them all. */
export const bokehjs: StaticSource = new BokehjsFiles();

/** An application with its sessions, at a path. */
export interface HostedApplication extends ServedApplication {
  /** The application. */
  readonly application: Application;
  /** Whether it brings files of its own. */
  readonly ownStatics: boolean;
}

/** Gives an application a path, sessions, and files: its own where it has any, and BokehJS. */
export function hostApplication(
  path: string,
  application: Application,
  options: ResolvedOptions,
  quota?: SessionQuota,
  observer: SessionObserver | undefined = options.onEvent,
  trace?: Trace,
): HostedApplication {
  const logoutUrl = options.authProvider?.logoutUrl;
  const folder = application.staticPath === null ? undefined : new StaticFolder(application.staticPath);
  return {
    path,
    application,
    registry: new SessionRegistry(application, {
      unusedSessionLifetimeMilliseconds: options.unusedSessionLifetimeMilliseconds,
      argv: options.argv,
      filesUrl: (prefix) => `${prefix}${path.replace(/\/$/, "")}/files/`,
      logoutUrl: (prefix) => logoutUrl == null ? null : belowPrefix(logoutUrl, prefix),
      observer,
      trace,
      quota,
      acceptPatch: options.acceptPatch,
      documentValidation: options.documentValidation,
      patchLimits: patchLimits(options.limits),
      slowCallbacks: options.limits,
    }),
    statics: folder === undefined
      ? bokehjs
      : { find: async (name) => await folder.find(name) ?? await bokehjs.find(name) },
    ownStatics: folder !== undefined,
  };
}
