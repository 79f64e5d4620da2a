import type { Application } from "../application/application.ts";
import { belowPrefix } from "../handlers/login/auth.ts";
import { type BokehjsFiles, packagedBokehjs } from "../handlers/files/bokehjs_files.ts";
import type { ServedApplication } from "../handlers/context.ts";
import { StaticFolder } from "../handlers/files/static_folder.ts";
import type { MemoryPool } from "../protocol/memory_pool.ts";
import type { SessionObserver } from "../session/observability/observer.ts";
import type { Trace } from "../session/observability/trace.ts";
import { SessionRegistry } from "../session/registry/registry.ts";
import type { SessionQuota } from "../session/limits/session_quota.ts";
import type { ResolvedOptions } from "./options/resolve_options.ts";

/** An application with its sessions, at a path. */
export interface HostedApplication extends ServedApplication {
  /** The application. */
  readonly application: Application;
  /** Whether it brings files of its own. */
  readonly ownStatics: boolean;
}

/** What the applications of a server share. */
export interface SharedServices {
  /** BokehJS. The build of this package by default. */
  readonly bokehjs?: BokehjsFiles | undefined;
  /** Counts the sessions of all applications. */
  readonly quota?: SessionQuota | undefined;
  /** The memory that the documents of all applications share. */
  readonly memory?: MemoryPool | undefined;
  /** Receives the events of the application's sessions. `options.onEvent` by default. */
  readonly observer?: SessionObserver | undefined;
  /** Makes spans of what sessions do. */
  readonly trace?: Trace | undefined;
}

/** Gives an application a path, sessions, and files: its own if it has any, and BokehJS. */
export function hostApplication(
  path: string,
  application: Application,
  options: ResolvedOptions,
  { bokehjs = packagedBokehjs, quota, memory, observer = options.onEvent, trace }: SharedServices = {},
): HostedApplication {
  const logoutUrl = options.authProvider?.logoutUrl;
  const folder = application.staticPath === null ? undefined : new StaticFolder(application.staticPath);
  return {
    path,
    application,
    registry: new SessionRegistry(application, {
      applicationPath: path,
      unusedSessionLifetimeMilliseconds: options.unusedSessionLifetimeMilliseconds,
      argv: options.argv,
      bokehVersion: bokehjs.build.version,
      filesUrl: (prefix) => `${prefix}${path.replace(/\/$/, "")}/files/`,
      logoutUrl: (prefix) => logoutUrl == null ? null : belowPrefix(logoutUrl, prefix),
      observer,
      trace,
      quota,
      acceptPatch: options.acceptPatch,
      shareSessions: options.shareSessions,
      documentValidation: options.documentValidation,
      limits: options.limits,
      retention: { limit: options.limits.retainedBytesPerSession || Infinity, pool: memory },
      drainMilliseconds: options.drainMilliseconds,
    }),
    statics: folder === undefined
      ? bokehjs
      : { find: async (name) => await folder.find(name) ?? await bokehjs.find(name) },
    ownStatics: folder !== undefined,
  };
}
