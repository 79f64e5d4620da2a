import type { Application } from "../../application/application.ts";
import type { DocumentValidation } from "../../application/application_options.ts";
import type { Clock } from "../../common/clock.ts";
import type { Limits } from "../../common/limits.ts";
import { createDocument, type InternalDocumentOptions } from "../../document/document_sync.ts";
import type { PatchPolicy } from "../../document/patches/patch_policy.ts";
import type { ServerContext } from "../../document/document.ts";
import type { SecretKey } from "../credentials/signature.ts";
import type { FileTable } from "../file_table.ts";
import { LogThrottle } from "../limits/log_throttle.ts";
import { type SessionWorkLimits, sessionWorkLimits } from "../limits/session_work.ts";
import type { SessionObserver } from "../observability/observer.ts";
import { sessionLogger } from "../observability/session_log.ts";
import { SlowCallbacks } from "../observability/slow_callbacks.ts";
import { noTrace, type Trace } from "../observability/trace.ts";
import type { OwnedSession, SessionPersistence } from "../persistence/session_persistence.ts";
import type { SessionRecorder } from "../recording/session_recorder.ts";
import type { Recording } from "../recording/recording.ts";
import { Session } from "../session.ts";
import { runHook } from "./run_hook.ts";
import type { SessionInfo } from "./session_info.ts";
import type { TaskService } from "../../tasks/task_service.ts";

/** Options of the sessions that a {@linkcode SessionFactory} creates. */
export interface SessionFactoryOptions {
  /** Limits of what clients may do, and of how long callbacks may take. */
  limits: Limits;
  /** Path of the application, a field of the sessions' log lines. */
  applicationPath?: string | undefined;
  /**
   * Returns the URL at which users log out, for users whose URLs have a prefix; null without a
   * login.
   */
  logoutUrl?: ((prefix: string) => string | null) | undefined;
  /**
   * Returns the path below which the files of sessions are, with a slash at its end.
   *
   * @default {() => "files/"}
   */
  filesUrl?: ((prefix: string) => string) | undefined;
  /** Secret that signs the ids of uploads and downloads. Random by default. */
  filesSecret?: SecretKey | undefined;
  /** Runs the work of sessions as spans of a trace. @default {noTrace} */
  trace?: Trace | undefined;
  /** See `ConvergenceOptions.windowMilliseconds`. @default {30_000} */
  convergenceWindowMilliseconds?: number | undefined;
  /** Decides which changes clients may make, for applications without a policy of their own. */
  acceptPatch?: PatchPolicy | undefined;
  /** What to do about likely mistakes in documents. @default {"log"} */
  documentValidation?: DocumentValidation | undefined;
  /**
   * Version of the BokehJS that the server serves.
   *
   * @default the version of this package's BokehJS
   */
  bokehVersion?: string | undefined;
  /** Limits of the memory that clients make documents keep. */
  retention?: InternalDocumentOptions["retention"];
  /** Keeps the sessions in a store. Without it they end with their process. */
  persistence?: SessionPersistence | undefined;
  /** Whether pages show that the server is busy, unless the application decides. @default {false} */
  busyIndicator?: boolean | undefined;
  /** Records the messages of the clients. They are not recorded by default. */
  recording?: Promise<Recording | undefined> | undefined;
  /** Runs the tasks of the sessions. Without it, tasks fail. */
  tasks?: TaskService | undefined;
}

/** What the sessions of one application share. */
interface SharedBySessions {
  readonly application: Application;
  readonly clock: Clock;
  readonly observer: SessionObserver;
  readonly files: FileTable;
  readonly serverContext: ServerContext;
}

/** The registry's part in the creation of a session. */
interface SessionHosting {
  /** The session in the store; undefined without a store. */
  readonly owned: OwnedSession | undefined;
  /** Destroys the session because its clients caused too much work. */
  readonly destroyOverworked: () => void;
  /** Drops the session because another process has taken it over. */
  readonly dropMoved: () => void;
}

/** Creates the sessions of one application. */
export class SessionFactory {
  readonly #shared: SharedBySessions;
  readonly #options: SessionFactoryOptions;
  readonly #patchLimits: InternalDocumentOptions["limits"];
  readonly #workLimits: SessionWorkLimits;
  readonly #warnings: LogThrottle;
  readonly #slowCallbacks: SlowCallbacks;

  /** Creates a factory. */
  constructor(shared: SharedBySessions, options: SessionFactoryOptions) {
    this.#shared = shared;
    this.#options = options;
    this.#patchLimits = { depth: options.limits.nesting };
    this.#workLimits = sessionWorkLimits(options.limits);
    this.#warnings = new LogThrottle(shared.clock, (message) => {
      sessionLogger({ application: options.applicationPath }).warn("{message}", { message });
    });
    this.#slowCallbacks = new SlowCallbacks(shared.clock, options.limits);
  }

  /**
   * Creates a session, lets the application fill its document, and starts it.
   *
   * @throws The error that the application throws while it fills the document.
   * @throws {ProtocolError} `application_changed` if the session is stored and cannot be resumed.
   */
  create(id: string, info: SessionInfo, hosting: SessionHosting): Promise<Session> {
    return (this.#options.trace ?? noTrace)("bokeh session", {}, () => this.#create(id, info, hosting));
  }

  async #create(id: string, info: SessionInfo, hosting: SessionHosting): Promise<Session> {
    const { application, observer } = this.#shared;
    const { persistence, documentValidation } = this.#options;
    const { owned, dropMoved } = hosting;
    const start = performance.now();
    let isFilled = false;
    const { recording, applicationPath = "/" } = this.#options;
    const recorder = recording && (await recording)?.session(applicationPath);
    const session = this.#build(id, info, { ...hosting, isFilled: () => isFilled, recorder });
    session.document.session_context = session.context;
    await runHook(session, () => application.hooks.onSessionCreated?.(session.context));
    // Imported only here: servers without a store start faster.
    const storing = owned && await import("../persistence/store_session.ts");
    await application.fill(session.document, documentValidation);
    isFilled = true;
    const { hooks } = application;
    const outcome = owned &&
      await storing!.storeSession(session, owned, { persistence: persistence!, hooks, dropMoved });
    session.recorder?.start(session, owned?.stored !== undefined);
    session.start();
    if (outcome !== undefined) await this.#runResumedHooks(session);
    observer({ type: "sessionCreated", milliseconds: performance.now() - start, resumed: outcome });
    return session;
  }

  async #runResumedHooks(session: Session): Promise<void> {
    const { application } = this.#shared;
    await runHook(session, () =>
      session.transact({}, async () => {
        await session.sync.runResumedCallbacks(session.context);
        await application.hooks.onSessionResumed?.(session.context);
      }));
  }

  #build(
    id: string,
    info: SessionInfo,
    { owned, destroyOverworked, isFilled, recorder }: SessionHosting & {
      readonly isFilled: () => boolean;
      readonly recorder: SessionRecorder | undefined;
    },
  ): Session {
    const { payload = {}, request = null, prefix = "", user, address } = info;
    const { application, clock, observer, files, serverContext } = this.#shared;
    const { logoutUrl, filesUrl, applicationPath } = this.#options;
    const document = createDocument({
      warn: (message) => this.#warnings.warn(message, () => session.log.warn("{message}", { message })),
      limits: this.#patchLimits,
      retention: this.#options.retention,
      bokehVersion: this.#options.bokehVersion,
    });
    const session = new Session({
      id,
      instance: owned?.header.instance,
      resumed: owned?.stored !== undefined,
      document,
      request,
      tokenPayload: payload,
      serverContext,
      logoutUrl: logoutUrl?.(prefix) ?? null,
      files: (sessionId, run) => files.filesOf(sessionId, run, { base: filesUrl?.(prefix), isFilled }),
      uploadIds: () => files.uploadsOf(id),
      clock,
      observer: recorder?.observing(observer) ?? observer,
      recorder,
      convergenceWindowMilliseconds: this.#options.convergenceWindowMilliseconds,
      slowCallbacks: this.#slowCallbacks,
      trace: this.#options.trace,
      acceptPatch: application.acceptPatch ?? this.#options.acceptPatch,
      workLimits: this.#workLimits,
      tasks: this.#options.tasks,
      logFields: { application: applicationPath, user, address },
      destroyOverworked,
    });
    if (application.busyIndicator ?? this.#options.busyIndicator) session.sync.showBusy();
    return session;
  }
}
