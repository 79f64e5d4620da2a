/**
 * The server as a fetch handler, without a port.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { Application } from "../application/application.ts";
import type { Document } from "../document/document.ts";
import type { Resources } from "../embed/resources/resources.ts";
import { BokehjsFiles, packagedBokehjs } from "../handlers/files/bokehjs_files.ts";
import { asksForUser } from "../handlers/login/auth.ts";
import { type EndedLogin, Logins } from "../handlers/login/logins.ts";
import { userKey } from "../handlers/login/user_key.ts";
import { OpenSockets } from "../handlers/websocket/open_sockets.ts";
import { OriginList } from "../handlers/http/origins.ts";
import { answerFailure } from "../handlers/http/failure.ts";
import type { Peer } from "../handlers/relay/relay.ts";
import type { RelayedClient } from "../handlers/relay/relay_header.ts";
import type { Session } from "../session/session.ts";
import { generateToken } from "../session/credentials/token.ts";
import { randomText } from "../session/credentials/session_id.ts";
import { MemoryPool } from "../protocol/memory_pool.ts";
import { SessionQuota } from "../session/limits/session_quota.ts";
import { type Applications, type ApplicationSource, sourcesOf } from "./application_sources.ts";
import { prepareViews } from "./extension_views.ts";
import { handlerConfig } from "./handler_config.ts";
import { hostApplication, type HostedApplication, pathOfSession } from "./hosted_application.ts";
import type { AdminService } from "./admin/admin_service.ts";
import { startAdmin } from "./admin/start_admin.ts";
import { joinStore } from "./join_store.ts";
import { logFailure } from "./log_failure.ts";
import { endLoginElsewhere, notifiedLogin } from "./logout_notifications.ts";
import type { BokehServerOptions } from "./options/options.ts";
import { applicationObserver } from "./monitoring/application_observer.ts";
import { Metrics } from "./monitoring/metrics.ts";
import { type JobServices, PeriodicJobs } from "./periodic_jobs.ts";
import type { Peers } from "./processes/peers.ts";
import { Readiness } from "./monitoring/readiness.ts";
import { RequestRouter } from "./requests/request_router.ts";
import { type ResolvedOptions, resolveOptions } from "./options/resolve_options.ts";
import { drainApplications, drainTimes, runUnloadHooks } from "./drain.ts";
import { readServedBokehjs, resourcesOf } from "./served_bokehjs.ts";
import type { SessionStorage } from "./session_storage.ts";
import { TaskService } from "../tasks/task_service.ts";
import { updateAll, type UpdatedSessions } from "./update_sessions.ts";
import { UncaughtErrors } from "./monitoring/uncaught_errors.ts";

const logger = getLogger(["bokeh", "server"]);

/** The routers of a server. */
interface Routers {
  /** Answers requests of clients. */
  readonly clients: RequestRouter;
  /** Answers requests that other processes relay. */
  readonly peers: RequestRouter;
}

/**
 * Serves applications as a standard fetch handler, which can be mounted in any Deno program or
 * framework.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { BokehServer } from "@bokeh/server";
 *
 * const server = new BokehServer({ "/empty": () => {} });
 * await server.start();
 * const response = await server.fetch(new Request("http://localhost/empty/metadata"));
 * assertEquals(await response.json(), { url: "/empty", data: {} });
 * await server.stop();
 * ```
 */
export class BokehServer {
  readonly #options: ResolvedOptions;
  readonly #sources: ReadonlyMap<string, ApplicationSource>;
  /** Limits the memory that clients may use in all applications together. */
  readonly #memory: MemoryPool;
  #bokehjs: BokehjsFiles | undefined;
  #resources: Resources | undefined;
  readonly #origins: OriginList;
  readonly #jobs = new PeriodicJobs();
  /**
   * Websockets that have not closed.
   *
   * @internal
   */
  protected readonly openSockets: OpenSockets = new OpenSockets();
  /**
   * Resolved when the server starts to close websockets.
   *
   * @internal
   */
  protected readonly drainStarted: PromiseWithResolvers<void> = Promise.withResolvers();
  #others: Peers | undefined;
  readonly #tasks: TaskService;
  readonly #ownSecret = randomText();
  readonly #logins: Logins;
  #initialized: Promise<Routers> | undefined;
  #apps: ReadonlyMap<string, HostedApplication> = new Map();
  #host: ((path: string, application: Application) => HostedApplication) | undefined;
  readonly #readiness: Readiness;
  #admin: AdminService | undefined;
  #metrics: Metrics | undefined;
  #storage: SessionStorage | undefined;
  readonly #uncaughtErrors: UncaughtErrors;
  /** Ends the reports of metrics to OpenTelemetry. */
  #endReports: (() => void) | undefined;
  #started: Promise<void> | undefined;
  #stopped: Promise<void> | undefined;

  /**
   * Creates a server. Its applications are loaded when it starts.
   *
   * @throws {TypeError | RangeError} If an option is not valid, or a path does not start with a
   * slash.
   */
  constructor(applications: Applications, options: BokehServerOptions = {}) {
    this.#options = resolveOptions(options);
    this.#logins = new Logins(this.#options.limits);
    this.#memory = new MemoryPool(this.#options.limits.retainedBytes);
    this.#sources = sourcesOf(applications, this.#options.admin?.path);
    this.#tasks = new TaskService(this.#options.tasks, (url) => this.onTaskModule(url));
    this.#readiness = new Readiness({ apps: () => this.#apps.values(), probes: this.#options.readinessProbe });
    this.#origins = new OriginList(this.#options.extraWebsocketOrigins);
    this.#uncaughtErrors = new UncaughtErrors({
      policy: this.#options.uncaughtErrors,
      apps: () => [...this.#apps.values()],
      onError: this.#options.onError,
    });
    if (this.#options.bokehjsPath === undefined) this.#bokehjs = packagedBokehjs;
  }

  /** Paths of the applications, below the prefix. */
  get appPaths(): string[] {
    return [...this.#sources.keys()];
  }

  /** Path before all routes: empty, or with a leading and no trailing slash. */
  get prefix(): string {
    return this.#options.prefix;
  }

  /** Whether the server generates a session id for requests without one. */
  get generateSessionIds(): boolean {
    return this.#options.generateSessionIds;
  }

  /** Key that signs session ids and tokens. */
  get secretKey(): string | Uint8Array | undefined {
    return this.#options.secretKey;
  }

  /** Whether session ids and tokens are signed. */
  get signSessions(): boolean {
    return this.#options.signSessions;
  }

  /** Patterns of the hosts whose pages may open websockets. */
  get websocketOrigins(): readonly string[] {
    return this.#origins.patterns;
  }

  /**
   * Returns the URLs from which pages load BokehJS.
   *
   * @param absoluteUrl Origin of the server. By default the option `absoluteUrl`; without it the
   * URLs are relative.
   * @throws {Error} If the server has the option `bokehjsPath` and has not been initialized, so
   * that the build has not been read.
   */
  resources(absoluteUrl: string | undefined = this.#options.absoluteUrl): Resources {
    const make = () => resourcesOf(this.#options, this.#loadedBokehjs().build, absoluteUrl);
    return absoluteUrl === this.#options.absoluteUrl ? this.#resources ??= make() : make();
  }

  #loadedBokehjs(): BokehjsFiles {
    if (this.#bokehjs === undefined) throw new Error("Cannot get BokehJS: initialize the server first");
    return this.#bokehjs;
  }

  /**
   * Returns a live session.
   *
   * @param path Path of its application.
   * @throws {RangeError} If there is no such application or session.
   */
  getSession(path: string, id: string): Session {
    const session = this.#application(path).registry.get(id);
    if (session === undefined) throw new RangeError(`Cannot get session: ${path} has none of this id`);
    return session;
  }

  /**
   * Returns all live sessions of an application.
   *
   * @param path Path of the application.
   * @throws {RangeError} If there is no such application.
   */
  getSessions(path: string): Session[] {
    return this.#application(path).registry.all();
  }

  /**
   * Returns a token that permits its client to read a live session but not to change it. The URL of
   * the page is that of the application with the argument `bokeh-token`. With a login, the session
   * may belong to another user.
   *
   * @param path Path of the session's application. Optional if there is only one application, or
   * only one has the session.
   * @throws {TypeError} If sessions are not signed, because then clients can forge tokens.
   * @throws {RangeError} If the application cannot be determined.
   */
  async readOnlyToken(sessionId: string, path?: string): Promise<string> {
    const { secretKey, signSessions: signed, sessionTokenExpiration: expirationSeconds } = this.#options;
    if (!signed) throw new TypeError("Cannot create a read-only token: sessions are not signed");
    await this.#load();
    const application = path === undefined
      ? pathOfSession(sessionId, this.appPaths.map((path) => this.#application(path)))
      : this.#application(path).path;
    return await generateToken(sessionId, { secretKey, signed, expirationSeconds, readOnly: true, application });
  }

  /**
   * Calls a function with the document of each live session that this process has of an application,
   * while it holds the session's lock.
   *
   * @param path Path of the application.
   * @param update Changes a document. May be asynchronous.
   * @returns What was reached: not the sessions of other processes.
   * @throws {AggregateError} If the function throws for a session. All sessions are updated before.
   */
  async updateSessions(path: string, update: (doc: Document) => void | Promise<void>): Promise<UpdatedSessions> {
    return await updateAll(this.getSessions(path), update, [...this.#peers].length);
  }

  /**
   * Answers a request. Loads the applications if they have not been loaded.
   *
   * @param info Where the request comes from, as `Deno.serve` passes it. Provides the address of
   * the client.
   */
  async fetch(request: Request, info?: Deno.ServeHandlerInfo): Promise<Response> {
    try {
      const { clients } = await this.#load();
      return await clients.answer(request, info);
    } catch (error) {
      return answerFailure(error, { development: this.#options.development });
    }
  }

  /**
   * Answers a request that another process of this server relays, with what that process knows of
   * the client.
   *
   * @internal
   */
  protected async fetchForPeer(request: Request, client: RelayedClient): Promise<Response> {
    const endedLogin = await notifiedLogin(request);
    if (endedLogin !== undefined) {
      void this.#logins.end(endedLogin);
      return new Response(null, { status: 204 });
    }
    try {
      const { peers } = await this.#load();
      const answer = await this.#admin?.answerPeer(request);
      if (answer !== undefined) return answer;
      return await peers.answer(request, client);
    } catch (error) {
      return answerFailure(error, { development: this.#options.development });
    }
  }

  /**
   * Closes the websockets of a user in all processes of the server, for example after a logout at
   * another server or after rights were revoked. The auth provider validates each of them: if the
   * user still has access, the page reconnects.
   *
   * @param user What the auth provider's `getUser` returns for the user.
   * @throws {TypeError} If the server has no auth provider that identifies users.
   */
  async closeUser(user: unknown): Promise<void> {
    const { authProvider } = this.#options;
    if (!asksForUser(authProvider)) {
      throw new TypeError("Cannot close user: the server has no auth provider with users");
    }
    const ended = { userKey: userKey(user, authProvider), cookies: [], revoked: [] };
    await Promise.all([this.#logins.end(ended), endLoginElsewhere(this.#peers, this.#storage, ended)]);
  }

  get #peers(): Iterable<Peer> {
    return this.#others?.group?.others.values() ?? [];
  }

  get #groupSecret(): string | undefined {
    return this.#others?.group?.secret;
  }

  /** Ends a login in this process and in the others. */
  async #endLogin(ended: EndedLogin): Promise<void> {
    // cookies are revoked synchronously; the validation of open websockets need not delay the
    // response
    void this.#logins.end(ended);
    await endLoginElsewhere(this.#peers, this.#storage, ended);
  }

  /** Loads the applications, so that errors in them show before the first request. */
  async initialize(): Promise<void> {
    await this.#load();
  }

  /**
   * Runs the hooks `onServerLoaded`, and starts to destroy unused sessions. The second call waits
   * for the first.
   *
   * @throws {Error} If the server has been stopped.
   */
  async start(): Promise<void> {
    if (this.#stopped !== undefined) throw new Error("Cannot start server: it has stopped");
    this.#started ??= this.#start();
    await this.#started;
  }

  /**
   * Destroys all sessions, which closes their websockets, and runs the hooks `onServerUnloaded`.
   * The second call waits for the first.
   *
   * @param wait Whether to wait for `drainDelayMilliseconds`, and for transactions and hooks, up to
   * `drainMilliseconds`.
   */
  async stop(wait = true): Promise<void> {
    this.#readiness.noteStop();
    this.#stopped ??= this.#stop(wait).finally(() => this.#uncaughtErrors.stop());
    await this.#stopped;
  }

  /** Adds patterns of hosts whose pages may open websockets. */
  protected allowOrigins(patterns: readonly string[]): void {
    this.#origins.add(patterns);
  }

  /**
   * Shares the sessions with other processes. Must be called before the server is initialized.
   *
   * @internal
   */
  protected joinPeers(peers: Peers): void {
    this.#others = peers;
  }

  /**
   * Returns whether this process owns the session with a key in the store or directory.
   *
   * @internal
   */
  protected async ownsSession(key: string): Promise<boolean> {
    const answers = await Promise.all([...this.#apps.values()].map(({ registry }) => registry.owns(key)));
    return answers.includes(true);
  }

  /** Called when the module of a task is used for the first time. */
  protected onTaskModule(_url: string): void {}

  /**
   * Replaces the application at a path.
   *
   * @returns Function that destroys the sessions of the old application, which can be used until
   * then.
   */
  protected async replaceApplication(path: string, application: Application): Promise<() => Promise<void>> {
    await this.#load();
    const old = this.#application(path);
    this.#tasks.recycle(); // the modules of tasks may have changed
    const successor = this.#host!(path, application);
    this.#apps = new Map([...this.#apps, [path, successor]]);
    this.#initialized = Promise.resolve(this.#routers());
    const stopped = old.schedules.stop(this.#options.drainMilliseconds);
    await this.#runLoadHook(successor);
    if (this.#started !== undefined && this.#stopped === undefined) {
      this.#jobs.stop();
      this.#jobs.start([...this.#apps.values()], this.#options, this.#jobServices);
    }
    return async () => {
      await Promise.all([stopped, old.registry.drain(this.#options.drainMilliseconds)]);
      await logFailure(() => old.application.hooks.onServerUnloaded?.(old.registry.serverContext));
    };
  }

  #application(path: string): HostedApplication {
    const app = this.#apps.get(path);
    if (app === undefined) throw new RangeError(`Cannot get application: ${path} is not served here`);
    return app;
  }

  #load(): Promise<Routers> {
    this.#initialized ??= this.#initialize();
    return this.#initialized;
  }

  async #initialize(): Promise<Routers> {
    const { bokehjsPath } = this.#options;
    if (bokehjsPath !== undefined) this.#bokehjs = new BokehjsFiles(await readServedBokehjs(bokehjsPath));
    const bokehjs = this.#loadedBokehjs();
    logger.info("Serving BokehJS {version}", { version: bokehjs.build.version });
    const quota = new SessionQuota(this.#options.limits, undefined, this.#memory);
    // loaded on demand, because OpenTelemetry makes the start slower
    const telemetry = this.#options.telemetry ? await import("./monitoring/telemetry.ts") : undefined;
    telemetry?.hideSecretsInSpans();
    const metrics = this.#options.metrics || telemetry !== undefined ? new Metrics() : undefined;
    const admin = this.#admin = await startAdmin(this.#options.admin, {
      apps: () => this.#apps.values(),
      readiness: this.#readiness,
      group: () => this.#others?.group,
    });
    const storage = this.#storage = await joinStore(this.#options, () => this.#apps, this.#logins, this.#others);
    const observers = (
      path: string,
    ) => [metrics?.observer(path), telemetry?.telemetryObserver(path), admin?.observer(path)];
    this.#host = (path, application) =>
      hostApplication(path, application, this.#options, {
        bokehjs,
        quota,
        memory: this.#memory,
        observer: applicationObserver(path, this.#options, ...observers(path)),
        trace: telemetry?.telemetryTrace(path),
        persistence: storage?.persistenceOf(path, this.#memory),
        claims: this.#others?.claims,
        filesSecret: this.#options.sessionStoreSecret || this.#groupSecret || this.#ownSecret,
        tasks: this.#tasks,
      });
    const apps = await Promise.all(
      [...this.#sources, ...admin?.source ?? []].map(async ([path, source]) =>
        this.#host!(path, await Application.from(source))
      ),
    );
    this.#apps = new Map(apps.map((app) => [app.path, app]));
    await prepareViews();
    this.#metrics = this.#options.metrics ? metrics : undefined;
    this.#endReports = metrics && telemetry?.reportMetrics(() => metrics.families([...this.#apps.values()]));
    this.#uncaughtErrors.start();
    return this.#routers();
  }

  #routers(): Routers {
    const config = handlerConfig(this.#options, {
      fallbackSecret: this.#groupSecret || this.#ownSecret,
      bokehjs: this.#loadedBokehjs(),
      resources: (absoluteUrl) => this.resources(absoluteUrl),
      origins: this.#origins,
      openSockets: this.openSockets,
      logins: this.#logins,
      endLogin: (ended) => this.#endLogin(ended),
      memory: this.#memory,
    });
    const apps = [...this.#apps.values()];
    const services = { readiness: this.#readiness, metrics: this.#metrics, others: undefined };
    return {
      clients: new RequestRouter(config, apps, this.#options, { ...services, others: this.#others }),
      // the process that relays a request has checked its XSRF token
      peers: new RequestRouter(config, apps, { ...this.#options, xsrfCookies: false }, services),
    };
  }

  async #start(): Promise<void> {
    await this.#load();
    for (const app of this.#apps.values()) await this.#runLoadHook(app);
    this.#jobs.start([...this.#apps.values()], this.#options, this.#jobServices);
    await this.#tasks.warmUp();
  }

  get #jobServices(): JobServices {
    return { logins: this.#logins, storage: this.#storage, eventLoop: this.#metrics?.eventLoop };
  }

  async #runLoadHook({ path, application, registry, schedules }: HostedApplication): Promise<void> {
    const succeeded = await logFailure(async () => {
      await application.hooks.onServerLoaded?.(registry.serverContext);
      await schedules.start(async () => await this.#others?.group?.joinDirectory());
    });
    this.#readiness.noteLoaded(path, succeeded);
  }

  async #stop(wait: boolean): Promise<void> {
    await this.#started?.catch(() => {});
    const times = drainTimes(this.#options, wait);
    if (times.delay > 0) await new Promise((resolve) => setTimeout(resolve, times.delay));
    this.drainStarted.resolve();
    this.#jobs.stop();
    this.#endReports?.();
    this.#admin?.[Symbol.dispose]();
    const apps = [...this.#apps.values()];
    await drainApplications(apps, times);
    this.#tasks[Symbol.dispose]();
    await this.#storage?.[Symbol.asyncDispose]();
    if (this.#started !== undefined) await runUnloadHooks(apps, times.deadline);
    (await this.#options.recording)?.[Symbol.dispose]();
  }
}
