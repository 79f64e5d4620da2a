/**
 * Applications with the sessions and files that a server adds to them.
 *
 * @module
 */

import type { Application } from "../application/application.ts";
import { belowPrefix } from "../handlers/login/auth.ts";
import { type BokehjsFiles, packagedBokehjs } from "../handlers/files/bokehjs_files.ts";
import type { ServedApplication } from "../handlers/context.ts";
import { StaticFolder } from "../handlers/files/static_folder.ts";
import type { MemoryPool } from "../protocol/memory_pool.ts";
import type { SessionObserver } from "../session/observability/observer.ts";
import type { Trace } from "../session/observability/trace.ts";
import type { SecretKey } from "../session/credentials/signature.ts";
import type { SessionClaims } from "../session/ownership/session_claims.ts";
import type { SessionPersistence } from "../session/persistence/session_persistence.ts";
import { SessionRegistry } from "../session/registry/registry.ts";
import type { SessionQuota } from "../session/limits/session_quota.ts";
import { ApplicationSchedules } from "./application_schedules.ts";
import type { ResolvedOptions } from "./options/resolve_options.ts";
import type { TaskService } from "../tasks/task_service.ts";

/** An application with its sessions, served at a path. */
export interface HostedApplication extends ServedApplication {
  /** The application. */
  readonly application: Application;
  /** Whether it has static files. */
  readonly ownStatics: boolean;
  /** What it runs at the times of cron expressions. */
  readonly schedules: ApplicationSchedules;
}

/** Services that all applications of a server share. */
export interface SharedServices {
  /** BokehJS. @default {packagedBokehjs} */
  readonly bokehjs?: BokehjsFiles | undefined;
  /** Limits the number of sessions of all applications together. No limit by default. */
  readonly quota?: SessionQuota | undefined;
  /** Limits the memory that clients may use in all applications together. No limit by default. */
  readonly memory?: MemoryPool | undefined;
  /** Receives the events of sessions. @default {options.onEvent} */
  readonly observer?: SessionObserver | undefined;
  /** Runs the work of sessions as spans. */
  readonly trace?: Trace | undefined;
  /** Keeps the sessions in a store. Without it they end with the process. */
  readonly persistence?: SessionPersistence | undefined;
  /** Directory of the processes that share the sessions without a store. */
  readonly claims?: SessionClaims | undefined;
  /** Secret that signs the ids of uploads and downloads. Random by default. */
  readonly filesSecret?: SecretKey | undefined;
  /** Runs the tasks of sessions. */
  readonly tasks?: TaskService | undefined;
}

/**
 * Returns an application with a registry of sessions, and with static files: its own, if it has
 * any, and BokehJS.
 */
export function hostApplication(
  path: string,
  application: Application,
  options: ResolvedOptions,
  { bokehjs = packagedBokehjs, memory, observer = options.onEvent, ...services }: SharedServices = {},
): HostedApplication {
  const logoutUrl = options.authProvider?.logoutUrl;
  const folder = application.staticPath === null ? undefined : new StaticFolder(application.staticPath);
  const schedules = new ApplicationSchedules({ application, path, observer, isEnabled: options.schedules });
  return {
    path,
    application,
    schedules,
    registry: new SessionRegistry(application, {
      applicationPath: path,
      unusedSessionLifetimeMilliseconds: options.unusedSessionLifetimeMilliseconds,
      argv: options.argv,
      onSchedule: (...schedule) => schedules.add(...schedule),
      bokehVersion: bokehjs.build.version,
      filesUrl: (prefix) => `${prefix}${path.replace(/\/$/, "")}/files/`,
      logoutUrl: (prefix) => logoutUrl == null ? null : belowPrefix(logoutUrl, prefix),
      ...services,
      // stores and recordings must not receive what the admin page shows of all users
      persistence: path === options.admin?.path ? undefined : services.persistence,
      observer,
      acceptPatch: options.acceptPatch,
      shareSessions: options.shareSessions,
      busyIndicator: options.busyIndicator,
      documentValidation: options.documentValidation,
      recording: path === options.admin?.path ? undefined : options.recording,
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

/**
 * Returns the path of the application that has a session, or of the only application.
 *
 * @throws {RangeError} If none or several of the applications have a session of this id.
 */
export function pathOfSession(sessionId: string, apps: readonly HostedApplication[]): string {
  const owners = apps.length === 1 ? apps : apps.filter(({ registry }) => registry.get(sessionId) !== undefined);
  if (owners.length !== 1) {
    throw new RangeError("Cannot create a read-only token: the path of the session's application is missing");
  }
  return owners[0]!.path;
}
