/**
 * Load tests: many clients repeat a recording on a running server.
 *
 * @module
 */

import { errorMessage } from "../common/error_message.ts";
import { isRecord } from "../common/is_record.ts";
import { DEFAULT_LIMITS } from "../common/limits.ts";
import { MessageDecoder } from "../protocol/decoder.ts";
import { encodeMessage } from "../protocol/encode.ts";
import type { Frame, MessageContent } from "../protocol/message.ts";
import { type ClientMessageType, SERVER_MESSAGE_TYPES } from "../protocol/message_types.ts";
import { type MessageLine, parseRecording, type RecordedLine } from "../session/recording/recording_format.ts";
import { trimTrailingSlashes } from "../common/trim_slashes.ts";
import { websocketUrl } from "./session_address.ts";
import type { TransportSocket } from "./transport.ts";
import { WebSocketTransport } from "./websocket_transport.ts";

/** Time over which the clients start, in milliseconds. */
const START_MILLISECONDS = 1000;
/** Number of errors that a report names. */
const FIRST_ERRORS = 5;
/** Maximum time for which a client waits for replies at its end, in milliseconds. */
const REPLY_MILLISECONDS = 10_000;

/** Options of {@linkcode repeatRecording}. */
export interface LoadOptions {
  /** URL of the server, with its prefix. */
  readonly url: string;
  /** Number of users, each with a session of its own. */
  readonly clients: number;
  /**
   * How much faster than in the recording messages are sent.
   *
   * @default {1}
   */
  readonly speed?: number | undefined;
  /** Headers of all requests, for example the cookie of a login. They are not in the report. */
  readonly headers?: readonly (readonly [name: string, value: string])[] | undefined;
  /** Ends the load when it is aborted. The report has what was measured until then. */
  readonly signal?: AbortSignal | undefined;
}

/** What {@linkcode repeatRecording} has measured. */
export interface LoadReport {
  /** Number of sessions that were opened. */
  readonly sessions: number;
  /** Number of messages that were answered. */
  readonly messages: number;
  /** Number of messages that were answered with an error, although the recording has none for them. */
  readonly errors: number;
  /** Number of messages that were not answered, because their websocket was closed or after 10 s. */
  readonly unanswered: number;
  /** Number of pages and websockets that could not be opened. */
  readonly refused: number;
  /** The first errors: at most five. */
  readonly firstErrors: readonly string[];
  /** Messages that were answered in a second. */
  readonly messagesPerSecond: number;
  /** Time from a message to its answer, in milliseconds. */
  readonly latency: {
    readonly p50: number;
    readonly p95: number;
    readonly p99: number;
    readonly longest: number;
  };
}

/** The lines of a session of a recording. */
interface RecordedSession {
  /** Name of the session in the recording. */
  readonly name: string;
  readonly application: string;
  readonly arguments: Readonly<Record<string, readonly string[]>>;
  readonly start: number;
  readonly lines: readonly RecordedLine[];
}

/**
 * Lets clients repeat the sessions of a recording on a running server, each session with the times and
 * the connections of the recording. If there are more clients than sessions, several repeat the same.
 *
 * @param text Content of the recording.
 * @throws {SyntaxError} If the text is not a recording.
 * @throws {Error} If it has no session from its beginning.
 */
export async function repeatRecording(text: string, options: LoadOptions): Promise<LoadReport> {
  const sessions = sessionsOf(text);
  if (sessions.length === 0) throw new Error("Cannot repeat the recording: it has no session from its beginning");
  const counts = new LoadCounts();
  const start = performance.now();
  const clients = Array.from({ length: options.clients }, async (_, index) => {
    await wait(index * START_MILLISECONDS / options.clients, options.signal);
    await new LoadClient(sessions[index % sessions.length]!, options, counts).run();
  });
  await Promise.all(clients);
  return counts.report(performance.now() - start);
}

/** Counts of all clients. */
class LoadCounts {
  sessions = 0;
  errors = 0;
  unanswered = 0;
  refused = 0;
  readonly firstErrors: string[] = [];
  readonly latencies: number[] = [];

  /** Notes what has gone wrong, if it is one of the first. */
  noteError(text: string): void {
    if (this.firstErrors.length < FIRST_ERRORS) this.firstErrors.push(text.slice(0, 500));
  }

  report(milliseconds: number): LoadReport {
    const { sessions, errors, unanswered, refused, firstErrors } = this;
    const sorted = this.latencies.sort((a, b) => a - b);
    const at = (fraction: number) => sorted[Math.ceil(fraction * sorted.length) - 1] ?? 0;
    const messagesPerSecond = sorted.length * 1000 / milliseconds;
    const latency = { p50: at(0.5), p95: at(0.95), p99: at(0.99), longest: at(1) };
    return { sessions, messages: sorted.length, errors, unanswered, refused, firstErrors, messagesPerSecond, latency };
  }
}

/** One user, who repeats a session. */
class LoadClient {
  readonly #recorded: RecordedSession;
  readonly #options: LoadOptions;
  readonly #counts: LoadCounts;
  readonly #sockets = new Map<number, TransportSocket>();
  /** When messages were sent that are not answered, and whether the recording has an error for them, by id. */
  readonly #pending = new Map<string, { readonly sentAt: number; readonly mayFail: boolean }>();
  readonly #failing: ReadonlySet<number>;
  #token: string | undefined;
  #onIdle: (() => void) | undefined;

  constructor(recorded: RecordedSession, options: LoadOptions, counts: LoadCounts) {
    this.#recorded = recorded;
    this.#options = options;
    this.#counts = counts;
    this.#failing = new Set(
      recorded.lines.flatMap((line) => line.kind === "result" && line.outcome !== "OK" ? [line.number] : []),
    );
  }

  async run(): Promise<void> {
    const { lines, start } = this.#recorded;
    const { speed = 1, signal } = this.#options;
    const began = performance.now();
    for (const line of lines) {
      const due = (line.time - start) / speed;
      await wait(due - (performance.now() - began), signal);
      if (signal?.aborted) break;
      if (line.kind === "open") await this.#open(line.client);
      else if (line.kind === "message") this.#send(line);
      else if (line.kind === "close") {
        await this.#answered(); // this server may be slower than that of the recording
        this.#close(line.client);
      }
    }
    await this.#answered();
    this.#counts.unanswered += this.#pending.size;
    for (const client of [...this.#sockets.keys()]) this.#close(client);
  }

  async #open(client: number): Promise<void> {
    const { url, headers = [] } = this.#options;
    const { application: app, arguments: args } = this.#recorded;
    const own = headers.map(([name, value]): [string, string] => [name, value]);
    const decoder = new MessageDecoder({ ...DEFAULT_LIMITS, maxMessageBytes: Infinity }, SERVER_MESSAGE_TYPES);
    try {
      const isFirst = this.#token === undefined;
      this.#token ??= await this.#openPage(own);
      const token = this.#token;
      const transport = new WebSocketTransport({
        url: websocketUrl({ url, app, arguments: args }),
        token: () => Promise.resolve(token),
        headers: new Headers(own),
      });
      const socket = await transport.open({
        receive: (frame) => this.#receive(decoder, frame),
        closed: (code, reason) => this.#onClosed(client, code, reason),
      });
      if (isFirst) this.#counts.sessions++;
      this.#sockets.set(client, socket);
    } catch (error) {
      this.#counts.refused++; // a server under load may refuse
      this.#counts.noteError(errorMessage(error));
    }
  }

  /** Requests what pages of other sites embed, which contains a token as pages do. Returns the token. */
  async #openPage(headers: [string, string][]): Promise<string> {
    const { application, arguments: args } = this.#recorded;
    const { url, signal } = this.#options;
    const address = new URL(`${trimTrailingSlashes(url)}${application.replace(/\/$/, "")}/embed.json`);
    for (const [name, values] of Object.entries(args)) {
      for (const value of values) address.searchParams.append(name, value);
    }
    const where = `${address.origin}${address.pathname}`;
    const response = await fetch(address, { headers, redirect: "manual", signal: signal ?? null }).catch((error) => {
      throw new Error(`Cannot open ${where}: the server does not answer`, { cause: error });
    });
    if (!response.ok) {
      await response.body?.cancel();
      const hint = response.status === 401 ? ": give the cookie of a login with --header" : "";
      throw new Error(`Cannot open ${where}: status ${response.status}${hint}`);
    }
    const content: unknown = await response.json();
    if (isRecord(content) && typeof content.token === "string") return content.token;
    throw new Error(`Cannot open ${where}: the answer contains no token`);
  }

  #onClosed(client: number, code: number, reason: string): void {
    if (!this.#sockets.delete(client)) return; // this client closed it
    this.#counts.noteError(`The server closed a websocket with ${code} ${reason}`);
    if (this.#sockets.size === 0) this.#onIdle?.();
  }

  #close(client: number): void {
    const socket = this.#sockets.get(client);
    this.#sockets.delete(client);
    socket?.close(1000, "");
  }

  #send({ client, number, type, content, buffers = [] }: MessageLine): void {
    const socket = this.#sockets.get(client);
    if (socket === undefined) {
      this.#counts.unanswered++;
      return;
    }
    const msgid = `${number}`;
    this.#pending.set(msgid, { sentAt: performance.now(), mayFail: this.#failing.has(number) });
    const frames = encodeMessage(type as ClientMessageType, content as MessageContent[ClientMessageType], {
      msgid,
      buffers: buffers.map(([id, base64]) => ({ id, data: Uint8Array.fromBase64(base64) })),
    });
    for (const frame of frames) socket.send(frame);
  }

  #receive(decoder: MessageDecoder, frame: Frame): void {
    const header = decoder.collect(frame)?.header; // the content is not parsed: it would measure this program
    const pending = header?.reqid === undefined ? undefined : this.#pending.get(header.reqid);
    if (pending === undefined) return;
    this.#pending.delete(header!.reqid!);
    this.#counts.latencies.push(performance.now() - pending.sentAt);
    if (header!.msgtype === "ERROR" && !pending.mayFail) {
      this.#counts.errors++;
      this.#counts.noteError(`Message ${header!.reqid} of session ${this.#recorded.name} was answered with an error`);
    }
    if (this.#pending.size === 0) this.#onIdle?.();
  }

  /** Waits until the server has answered all messages. */
  async #answered(): Promise<void> {
    const { signal } = this.#options;
    if (this.#pending.size === 0 || this.#sockets.size === 0 || signal?.aborted) return;
    const idle = new AbortController();
    this.#onIdle = () => idle.abort();
    await wait(REPLY_MILLISECONDS, signal === undefined ? idle.signal : AbortSignal.any([signal, idle.signal]));
  }
}

/** Returns the sessions of a recording that start in it. */
function sessionsOf(text: string): RecordedSession[] {
  return parseRecording(text).flatMap((run) =>
    run.flatMap((line) => {
      if (line.kind !== "session" || line.resumed) return [];
      const lines = run.filter(({ session }) => session === line.session);
      return [{
        name: line.session,
        application: line.application,
        arguments: line.arguments,
        start: line.time,
        lines,
      }];
    })
  );
}

/** Waits for a time in milliseconds, or until a signal is aborted. */
async function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  if (milliseconds <= 0 || signal?.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  const end = () => resolve();
  signal?.addEventListener("abort", end);
  await promise;
  signal?.removeEventListener("abort", end);
  clearTimeout(timer);
}
