/**
 * The server, without a port of its own.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { Application } from "../application/application.ts";
import type { ApplicationFunction } from "../application/application_options.ts";
import type { Document } from "../document/document.ts";
import { Resources } from "../embed/resources/resources.ts";
import { BokehjsFiles, packagedBokehjs } from "../handlers/files/bokehjs_files.ts";
import { asksForUser } from "../handlers/login/auth.ts";
import { type EndedLogin, Logins } from "../handlers/login/logins.ts";
import { userKey } from "../handlers/login/user_key.ts";
import { OpenSockets } from "../handlers/websocket/open_sockets.ts";
import { OriginList } from "../handlers/http/origins.ts";
import { answerFailure } from "../handlers/http/failure.ts";
import type { HandlerConfig } from "../handlers/context.ts";
import type { RelayedClient } from "../handlers/relay/relay_header.ts";
import { trimTrailingSlashes } from "../common/trim_slashes.ts";
import type { SessionObserver } from "../session/observability/observer.ts";
import type { Session } from "../session/session.ts";
import { generateToken } from "../session/credentials/token.ts";
import { randomText } from "../session/credentials/session_id.ts";
import type { SecretKey } from "../session/credentials/signature.ts";
import { MemoryPool } from "../protocol/memory_pool.ts";
import { SessionQuota } from "../session/limits/session_quota.ts";
import { hostApplication, type HostedApplication } from "./hosted_application.ts";
import type { BokehServerOptions } from "./options/options.ts";
import { Metrics } from "./monitoring/metrics.ts";
import { PeriodicJobs } from "./periodic_jobs.ts";
import type { ProcessGroup } from "./process_group.ts";
import { Readiness } from "./monitoring/readiness.ts";
import { RequestRouter } from "./requests/request_router.ts";
import { type ResolvedOptions, resolveOptions } from "./options/resolve_options.ts";
import { readServedBokehjs } from "./served_bokehjs.ts";
import { UncaughtErrors } from "./monitoring/uncaught_errors.ts";
import { settlesWithin } from "../common/settles_within.ts";

const logger = getLogger(["bokeh", "server"]);

/** Path at which processes tell each other of logins that have ended: only they can reach it. */
const ENDED_LOGINS = "/.bokeh/ended-logins";

/** What can be served: a function that fills a document, a path to an application, or an application. */
export type ApplicationSource = ApplicationFunction | Application | string | URL;

/** Applications by the path that each is served at; a single one is served at `/`. */
export type Applications = ApplicationSource | Readonly<Record<string, ApplicationSource>>;

/**
 * Serves applications through a function that answers requests, so that it can be part of any program.
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
  /** Memory that clients may use. */
  readonly #memory: MemoryPool;
  #bokehjs: BokehjsFiles | undefined;
  #resources: Resources | undefined;
  readonly #origins: OriginList;
  readonly #jobs = new PeriodicJobs();
  /**
   * The websockets that have not closed yet.
   *
   * @internal
   */
  protected readonly openSockets: OpenSockets = new OpenSockets();
  #processes: ProcessGroup | undefined;
  readonly #ownSecret = randomText();
  readonly #logins: Logins;
  #initialized: Promise<{ visitors: RequestRouter; peers: RequestRouter }> | undefined;
  #apps: ReadonlyMap<string, HostedApplication> = new Map();
  #host: ((path: string, application: Application) => HostedApplication) | undefined;
  readonly #readiness: Readiness;
  #metrics: Metrics | undefined;
  readonly #uncaughtErrors: UncaughtErrors;
  /** Ends the reports of figures to OpenTelemetry. */
  #endReports: (() => void) | undefined;
  #started: Promise<void> | undefined;
  #stopped: Promise<void> | undefined;

  /** Applications are loaded when the server starts. Throws for options that cannot be. */
  constructor(applications: Applications, options: BokehServerOptions = {}) {
    this.#options = resolveOptions(options);
    this.#logins = new Logins(this.#options.limits);
    this.#memory = new MemoryPool(this.#options.limits.retainedBytes);
    this.#sources = sourcesOf(applications);
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

  /** Path before all routes; empty, or with a slash before and none behind. */
  get prefix(): string {
    return this.#options.prefix;
  }

  /** Whether a visitor without a session id gets one. */
  get generateSessionIds(): boolean {
    return this.#options.generateSessionIds;
  }

  /** Key of signatures. */
  get secretKey(): string | Uint8Array | undefined {
    return this.#options.secretKey;
  }

  /** Whether session ids and tokens are signed. */
  get signSessions(): boolean {
    return this.#options.signSessions;
  }

  /** Patterns of hosts whose pages may open websockets. */
  get websocketOrigins(): readonly string[] {
    return this.#origins.patterns;
  }

  /**
   * Returns where pages find BokehJS.
   *
   * @throws {Error} If the server has the option `bokehjsPath` and has not been initialized: the build has not been read yet.
   */
  resources(absoluteUrl: string | undefined = this.#options.absoluteUrl): Resources {
    return absoluteUrl === this.#options.absoluteUrl
      ? this.#resources ??= this.#makeResources(absoluteUrl)
      : this.#makeResources(absoluteUrl);
  }

  #makeResources(absoluteUrl: string | undefined): Resources {
    const { resources, logLevel, prefix } = this.#options;
    const minified = this.#options.minified && !resources.endsWith("-dev");
    const mode = resources === "cdn" || resources === "inline" ? resources : "server";
    const rootUrl = trimTrailingSlashes(absoluteUrl ?? "") + prefix;
    return new Resources({ mode, logLevel, minified, rootUrl, bokehjs: this.#loadedBokehjs().build });
  }

  #loadedBokehjs(): BokehjsFiles {
    if (this.#bokehjs === undefined) throw new Error("Cannot get BokehJS: initialize the server first");
    return this.#bokehjs;
  }

  /** The living session of an id. Throws a RangeError where there is none. */
  getSession(path: string, id: string): Session {
    const session = this.#application(path).registry.get(id);
    if (session === undefined) throw new RangeError(`Cannot get session: ${path} has none of this id`);
    return session;
  }

  /** All living sessions of an application. */
  getSessions(path: string): Session[] {
    return this.#application(path).registry.all();
  }

  /**
   * Returns a token that lets its client read a living session and change nothing: the page is at `?bokeh-token=` and the token. With a login
   * the session may be another user's.
   *
   * @param path Path of the session's application. May be left out if there is only one, or one with this session.
   * @throws {TypeError} If sessions are not signed, for then every client can make a token that may do more.
   * @throws {RangeError} If it is not known which application has the session.
   */
  async readOnlyToken(sessionId: string, path?: string): Promise<string> {
    const { secretKey, signSessions: signed, sessionTokenExpiration: expirationSeconds } = this.#options;
    if (!signed) throw new TypeError("Cannot make a read-only token: sessions are not signed");
    await this.#load();
    const application = path === undefined ? this.#pathOf(sessionId) : this.#application(path).path;
    return await generateToken(sessionId, { secretKey, signed, expirationSeconds, readOnly: true, application });
  }

  #pathOf(sessionId: string): string {
    const paths = this.appPaths.length === 1
      ? this.appPaths
      : this.appPaths.filter((path) => this.#application(path).registry.get(sessionId) !== undefined);
    if (paths.length !== 1) {
      throw new RangeError("Cannot make a read-only token: give the path of the session's application");
    }
    return paths[0]!;
  }

  /** Runs a function with the document of every session that there is now, each alone with it. */
  async updateSessions(path: string, update: (doc: Document) => void | Promise<void>): Promise<void> {
    const updates = this.getSessions(path).map((session) => session.transact({}, () => update(session.document)));
    const failures = (await Promise.allSettled(updates)).filter((result) => result.status === "rejected");
    if (failures.length > 0) {
      throw new AggregateError(failures.map(({ reason }) => reason), "Cannot update all sessions");
    }
  }

  /** Answers a request. Loads the applications if that has not been done. */
  async fetch(request: Request, info?: Deno.ServeHandlerInfo): Promise<Response> {
    try {
      const { visitors } = await this.#load();
      return await visitors.answer(request, info);
    } catch (error) {
      return answerFailure(error, { development: this.#options.development });
    }
  }

  /**
   * Answers a request that another process of this server relays, with what that process has found out about the client.
   *
   * @internal
   */
  protected async fetchForPeer(request: Request, client: RelayedClient): Promise<Response> {
    if (new URL(request.url).pathname === ENDED_LOGINS) return await this.#takeEndedLogin(request);
    try {
      const { peers } = await this.#load();
      return await peers.answer(request, client);
    } catch (error) {
      return answerFailure(error, { development: this.#options.development });
    }
  }

  /**
   * Closes the websockets of a user, in all processes of the server: after a logout that the server does not see, or when rights were taken.
   * Each of them is judged by the auth provider; where it still lets the user in, the page connects anew.
   *
   * @param user What the auth provider's `getUser` returns for the user.
   * @throws {TypeError} If the server has no auth provider that knows users.
   */
  async closeUser(user: unknown): Promise<void> {
    const { authProvider } = this.#options;
    if (!asksForUser(authProvider)) {
      throw new TypeError("Cannot close user: the server has no auth provider with users");
    }
    const ended = { userKey: userKey(user, authProvider), cookies: [], revoked: [] };
    await Promise.all([this.#logins.end(ended), this.#tellPeers(ended)]);
  }

  /** Ends a login here, and in the other processes. */
  async #endLogin(ended: EndedLogin): Promise<void> {
    // it takes effect at once; open websockets are judged meanwhile
    void this.#logins.end(ended);
    await this.#tellPeers(ended);
  }

  async #tellPeers(ended: EndedLogin): Promise<void> {
    const body = JSON.stringify(ended);
    const peers = [...this.#processes?.others.values() ?? []];
    await Promise.all(peers.map(async (peer) => {
      const request = new Request(`http://localhost${ENDED_LOGINS}`, { method: "POST", body });
      try {
        await (await peer.fetch(request, {})).body?.cancel();
      } catch (error) {
        logger.error("A process of the server could not be told of a logout: {error}", { error });
      }
    }));
  }

  async #takeEndedLogin(request: Request): Promise<Response> {
    // another process of this server has written it
    const ended: EndedLogin = await request.json();
    void this.#logins.end(ended);
    return new Response(null, { status: 204 });
  }

  /** Loads the applications, so that a mistake in one of them shows before the first visitor comes. */
  async initialize(): Promise<void> {
    await this.#load();
  }

  /** Runs the hooks of the server's beginning, and from now on ends unused sessions. */
  async start(): Promise<void> {
    if (this.#stopped !== undefined) throw new Error("Cannot start server: it has stopped");
    this.#started ??= this.#start();
    await this.#started;
  }

  /**
   * Ends all sessions, closing their websockets, and runs the hooks of the server's end. The second call waits for the first.
   *
   * @param wait Whether to wait for hooks that take their time.
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
   * Shares the sessions with other processes. To be called before the server starts.
   *
   * @internal
   */
  protected joinProcesses(processes: ProcessGroup): void {
    this.#processes = processes;
  }

  /**
   * Serves an application in the place of the one at a path. What is answered ends the sessions of the one that was there; until then
   * their visitors may go on.
   */
  protected async replaceApplication(path: string, application: Application): Promise<() => Promise<void>> {
    await this.#load();
    const old = this.#application(path);
    const successor = this.#host!(path, application);
    this.#apps = new Map([...this.#apps, [path, successor]]);
    this.#initialized = Promise.resolve(this.#routers());
    await this.#runLoadHook(successor);
    if (this.#started !== undefined && this.#stopped === undefined) {
      this.#jobs.stop();
      this.#jobs.start([...this.#apps.values()], this.#options, this.#logins);
    }
    return async () => {
      await old.registry.drain(this.#options.drainMilliseconds);
      await logFailure(() => old.application.hooks.onServerUnloaded?.(old.registry.serverContext));
    };
  }

  #application(path: string): HostedApplication {
    const app = this.#apps.get(path);
    if (app === undefined) throw new RangeError(`Cannot get application: ${path} is not served here`);
    return app;
  }

  #load(): Promise<{ visitors: RequestRouter; peers: RequestRouter }> {
    this.#initialized ??= this.#initialize();
    return this.#initialized;
  }

  async #initialize(): Promise<{ visitors: RequestRouter; peers: RequestRouter }> {
    const { bokehjsPath } = this.#options;
    if (bokehjsPath !== undefined) this.#bokehjs = new BokehjsFiles(await readServedBokehjs(bokehjsPath));
    const bokehjs = this.#loadedBokehjs();
    logger.info("Serving BokehJS {version}", { version: bokehjs.build.version });
    const memory = this.#memory;
    const quota = new SessionQuota(this.#options.limits, undefined, memory);
    // what collects spans is loaded only where somebody wants them
    const telemetry = this.#options.telemetry ? await import("./monitoring/telemetry.ts") : undefined;
    telemetry?.hideSecretsInSpans();
    const metrics = this.#options.metrics || telemetry !== undefined ? new Metrics() : undefined;
    this.#host = (path, application) =>
      hostApplication(path, application, this.#options, {
        bokehjs,
        quota,
        memory,
        observer: this.#observer(path, [metrics?.observer(path), telemetry?.telemetryObserver(path)]),
        trace: telemetry?.telemetryTrace(path),
      });
    const apps = await Promise.all(
      [...this.#sources].map(async ([path, source]) => this.#host!(path, await Application.from(source))),
    );
    this.#apps = new Map(apps.map((app) => [app.path, app]));
    this.#metrics = this.#options.metrics ? metrics : undefined;
    this.#endReports = metrics && telemetry?.reportMetrics(() => metrics.families([...this.#apps.values()]));
    this.#uncaughtErrors.start();
    return this.#routers();
  }

  #routers(): { visitors: RequestRouter; peers: RequestRouter } {
    const config = this.#config();
    const apps = [...this.#apps.values()];
    const services = { readiness: this.#readiness, metrics: this.#metrics, processes: undefined };
    return {
      visitors: new RequestRouter(config, apps, this.#options, { ...services, processes: this.#processes }),
      // the process that relays a request has checked its XSRF token
      peers: new RequestRouter(config, apps, { ...this.#options, xsrfCookies: false }, services),
    };
  }

  /** All who hear of what happens in an application. */
  #observer(appPath: string, figures: readonly (SessionObserver | undefined)[]): SessionObserver {
    const { onEvent, onError } = this.#options;
    const errors: SessionObserver = (event) => {
      if (event.type === "sessionFailed") onError(event.error, { appPath, during: "session creation" });
      if (event.type === "callbackFailed") onError(event.error, { appPath, during: "callback" });
      if (event.type === "internalError") onError(event.error, { appPath, during: "internal work" });
    };
    const observers = [onEvent, ...figures, errors].filter((observer) => observer !== undefined);
    return (event) => observers.forEach((observer) => observer(event));
  }

  /** A key that lives as long as the options say one, so that pages of users come back after a restart. */
  #payloadKey(): SecretKey {
    const { secretKey, cookieSecret } = this.#options;
    return secretKey || cookieSecret || this.#processes?.secret || this.#ownSecret;
  }

  #config(): HandlerConfig {
    const options = this.#options;
    return {
      prefix: options.prefix,
      absoluteUrl: options.absoluteUrl && trimTrailingSlashes(options.absoluteUrl),
      signing: { secretKey: options.secretKey, signed: options.signSessions },
      payloadKey: this.#payloadKey(),
      endLogin: (ended) => this.#endLogin(ended),
      maxTokenLength: options.limits.tokenBytes,
      tokenExpirationSeconds: options.sessionTokenExpiration,
      generateSessionIds: options.generateSessionIds,
      sessionCreation: options.sessionCreation,
      filter: options,
      origins: this.#origins,
      sockets: {
        keepAliveMilliseconds: options.keepAliveMilliseconds,
        open: this.openSockets,
        logins: this.#logins,
        connection: {
          limits: options.limits,
          memory: this.#memory,
          ...(options.onEvent === undefined ? {} : { observer: options.onEvent }),
        },
      },
      resources: (absoluteUrl) => this.resources(absoluteUrl),
      bokehjs: this.#loadedBokehjs(),
      contentSecurityPolicy: options.contentSecurityPolicy,
      onError: (error) => options.onError(error, { appPath: undefined, during: "request" }),
      development: options.development,
    };
  }

  async #start(): Promise<void> {
    await this.#load();
    for (const app of this.#apps.values()) await this.#runLoadHook(app);
    this.#jobs.start([...this.#apps.values()], this.#options, this.#logins);
  }

  async #runLoadHook({ path, application, registry }: HostedApplication): Promise<void> {
    const succeeded = await logFailure(() => application.hooks.onServerLoaded?.(registry.serverContext));
    this.#readiness.noteLoaded(path, succeeded);
  }

  async #stop(wait: boolean): Promise<void> {
    await this.#started?.catch(() => {});
    this.#jobs.stop();
    this.#endReports?.();
    const apps = [...this.#apps.values()];
    const deadline = wait ? this.#options.drainMilliseconds : 0;
    await Promise.all(apps.map(({ registry }) => registry.drain(deadline)));
    if (this.#started === undefined) return;
    const unloaded = Promise.all(
      apps.map(({ application, registry }) =>
        logFailure(() => application.hooks.onServerUnloaded?.(registry.serverContext))
      ),
    );
    if (!await settlesWithin(unloaded, deadline)) logger.error("Hooks of the server's end have not ended in time");
  }
}

function sourcesOf(applications: Applications): Map<string, ApplicationSource> {
  if (isSource(applications)) return new Map([["/", applications]]);
  const sources = new Map<string, ApplicationSource>();
  for (const [path, source] of Object.entries(applications)) {
    if (!path.startsWith("/")) {
      throw new TypeError(`Cannot serve at ${JSON.stringify(path)}: a path begins with a slash`);
    }
    const route = trimTrailingSlashes(path) || "/";
    if (sources.has(route)) throw new TypeError(`Cannot serve at ${path}: another application is served at ${route}`);
    sources.set(route, source);
  }
  return sources;
}

function isSource(applications: Applications): applications is ApplicationSource {
  return typeof applications === "function" || typeof applications === "string" || applications instanceof URL ||
    applications instanceof Application;
}

/** Runs a hook and logs its error, for which the server goes on. Returns whether it succeeded. */
async function logFailure(hook: () => unknown): Promise<boolean> {
  try {
    await hook();
    return true;
  } catch (error) {
    logger.error("A hook of an application failed: {error}", { error });
    return false;
  }
}
