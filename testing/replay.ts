/**
 * Repeats a recording as a test.
 *
 * @module
 */

import { DEFAULT_LIMITS } from "../common/limits.ts";
import { isRecord } from "../common/is_record.ts";
import { encodeMessage } from "../protocol/encode.ts";
import type { MessageContent } from "../protocol/message.ts";
import type { ClientMessageType } from "../protocol/message_types.ts";
import { Connection } from "../session/connection/connection.ts";
import { Recording } from "../session/recording/recording.ts";
import { type MessageLine, parseRecording, type RecordedLine } from "../session/recording/recording_format.ts";
import type { Session } from "../session/session.ts";
import { AppHost } from "./app_host.ts";
import { firstDifference, resultDifference } from "./replay_difference.ts";
import type { TestAppOptions, TestRequest, TestSource } from "./test_options.ts";

/** How much later than in the recording a timer may run, in milliseconds, and as a fraction of the time. */
const LATE_MILLISECONDS = 1000, LATE_FRACTION = 0.1;

/** Options of {@linkcode replay}: the user and the request that open each session, and what is replayed. */
export interface ReplayOptions extends Omit<TestRequest, "sessionId">, Omit<TestAppOptions, "record"> {
  /**
   * Path of the application whose sessions are replayed, for recordings of a server with several.
   *
   * @default All sessions of the recording.
   */
  application?: string | undefined;
  /**
   * Whether the results are written to the file as those to expect from now on, instead of being
   * compared.
   *
   * @default Whether the arguments of the program contain `--update`.
   */
  update?: boolean | undefined;
}

/** What {@linkcode replay} has repeated. */
export interface ReplayReport {
  /** Number of sessions. */
  readonly sessions: number;
  /** Number of messages of clients. */
  readonly messages: number;
}

/** A session that is repeated. */
interface ReplayedSession {
  readonly session: Session;
  /** The lines that its recorder has written now. */
  readonly lines: readonly RecordedLine[];
  readonly clients: Map<number, Connection>;
  readonly messages: Map<number, RecordedLine & MessageLine>;
}

/**
 * Repeats a recording against an application, and compares each result with the recorded one. The
 * messages of the clients arrive in their order, at their times on the test's clock, so that timers of
 * the document run in between as they did.
 *
 * `--record` of the server and the option `record` of `openSession` write recordings.
 *
 * @param file The recording.
 * @param source The application: a function, the path or URL of a module or a folder, or an
 * `Application`.
 * @throws {Error} At the first difference: its message states the message of the client, the model and
 * its attribute, and the expected and the actual value.
 * @throws {SyntaxError} If the file is not a recording.
 *
 * @example
 * ```ts ignore
 * import { replay } from "@bokeh/server/testing";
 * import app from "./app.ts";
 *
 * Deno.test("the slider works as in the bug report", async () => {
 *   await replay(new URL("./bug_report.jsonl", import.meta.url), app);
 * });
 * ```
 */
export async function replay(
  file: string | URL,
  source: TestSource,
  options: ReplayOptions = {},
): Promise<ReplayReport> {
  const { update = Deno.args.includes("--update"), ...rest } = options;
  const text = await Deno.readTextFile(file);
  const report = { sessions: 0, messages: 0 };
  const output: string[] = [];
  for (const [index, run] of parseRecording(text).entries()) {
    const replayed = new Replay(run, rest, update);
    const lines = await replayed.run(source);
    report.sessions += replayed.sessionCount;
    report.messages += replayed.messageCount;
    if (update) output.push(headerOf(text, index), ...lines.map((line) => JSON.stringify(line)));
  }
  if (report.sessions === 0) {
    throw new Error(
      "Cannot replay the recording: it has no session of the application from its beginning. Sessions that a server has resumed from a store cannot be replayed",
    );
  }
  if (update) await Deno.writeTextFile(file, `${output.join("\n")}\n`);
  return report;
}

/** Repeats what one run of a server has recorded. */
class Replay {
  sessionCount = 0;
  messageCount = 0;
  readonly #run: readonly RecordedLine[];
  readonly #options: Omit<ReplayOptions, "update">;
  readonly #update: boolean;
  readonly #sessions = new Map<string, ReplayedSession>();
  /** The lines of all sessions that are written now. */
  readonly #lines = new Map<string, RecordedLine[]>();
  #host: AppHost | undefined;
  #start = 0;

  constructor(run: readonly RecordedLine[], options: Omit<ReplayOptions, "update">, update: boolean) {
    this.#run = run;
    this.#options = options;
    this.#update = update;
  }

  /** Repeats the run, and returns its lines with the results that the application has now. */
  async run(source: TestSource): Promise<RecordedLine[]> {
    const names = this.#run.flatMap((line) => line.kind === "session" ? Object.keys(line.arguments) : []);
    const sink = { size: 0, write: (line: string) => this.#receive(JSON.parse(line)) };
    const limits = { maxBytes: Infinity, maxSessionBytes: Infinity, arguments: names };
    const host = this.#host = await AppHost.start(source, this.#options, new Recording(sink, limits));
    this.#start = host.clock.now();
    try {
      const lines: RecordedLine[] = [];
      for (const line of this.#run) lines.push(await this.#repeat(host, line));
      for (const { clients } of this.#sessions.values()) {
        for (const client of clients.values()) client.closed(1001, "");
      }
      return lines;
    } finally {
      void host.errors; // recorded errors are compared with the expected ones
      await host.dispose();
    }
  }

  #receive(line: RecordedLine): void {
    if (line.session === undefined) return; // the header
    const lines = this.#lines.get(line.session);
    if (lines === undefined) this.#lines.set(line.session, [line]);
    else lines.push(line);
  }

  /** Repeats a line. Returns it with the result that the application has now. */
  async #repeat(host: AppHost, line: RecordedLine): Promise<RecordedLine> {
    if (line.kind === "session") return await this.#open(host, line);
    const replayed = this.#sessions.get(line.session);
    if (replayed === undefined) return line; // a session that is not replayed
    switch (line.kind) {
      case "open":
        await this.#advance(host, line.time);
        replayed.clients.set(line.client, connect(replayed.session, line.readOnly));
        break;
      case "message":
        await this.#advance(host, line.time, { session: replayed.session, timers: line.timers });
        this.messageCount++;
        send(replayed, line);
        break;
      case "result":
        return await this.#compareResult(host, replayed, line);
      case "close":
        await this.#advance(host, line.time);
        replayed.clients.get(line.client)?.closed(1001, "");
        replayed.clients.delete(line.client);
        await host.clock.tick();
        break;
      case "end":
        return await this.#end(host, replayed, line);
      case "stopped":
        this.#sessions.delete(line.session);
    }
    return line;
  }

  async #open(host: AppHost, line: RecordedLine & { kind: "session" }): Promise<RecordedLine> {
    const { application, ...request } = this.#options;
    if (line.resumed || (application ?? line.application) !== line.application) return line;
    await this.#advance(host, line.time);
    const before = new Set(this.#lines.keys());
    const session = await host.openSession({ ...request, arguments: { ...line.arguments, ...request.arguments } });
    const lines = this.#lines.get([...this.#lines.keys()].find((id) => !before.has(id))!)!;
    this.#sessions.set(line.session, { session, lines, clients: new Map(), messages: new Map() });
    this.sessionCount++;
    const opened = lines.find((line) => line.kind === "session")!;
    if (!this.#update) {
      const difference = firstDifference(line.document, opened.document);
      const missing = line.omitted.filter((name) => this.#options.arguments?.[name] === undefined);
      const note = missing.length === 0
        ? ""
        : `\nThe recording does not contain the values of the request's arguments ${
          missing.join(", ")
        }: pass them in the option arguments`;
      if (difference !== undefined) throw differs(`the document of the new session differs`, difference + note);
    }
    return { ...line, document: opened.document };
  }

  async #compareResult(
    host: AppHost,
    replayed: ReplayedSession,
    line: RecordedLine & { kind: "result" },
  ): Promise<RecordedLine> {
    await host.clock.tick();
    void host.errors;
    const actual = replayed.lines.find((other) => other.kind === "result" && other.number === line.number);
    const message = replayed.messages.get(line.number);
    if (message === undefined) return line; // the file does not contain its message
    const where = `${describe(replayed.session, message)}, ${(message.time / 1000).toFixed(3)} s after the start,`;
    if (actual?.kind !== "result") throw differs(`${where} has no result`, "The server has closed the connection");
    if (this.#update) return { ...line, outcome: actual.outcome, changes: actual.changes };
    const difference = resultDifference(line, actual);
    if (difference !== undefined) throw differs(`${where} has another result`, difference);
    return line;
  }

  async #end(
    host: AppHost,
    replayed: ReplayedSession,
    line: RecordedLine & { kind: "end" },
  ): Promise<RecordedLine> {
    await this.#advance(host, line.time, { session: replayed.session, timers: line.timers });
    for (const client of replayed.clients.values()) client.closed(1001, "");
    await host.expire(replayed.session).catch(() => void host.errors);
    this.#sessions.delete(line.session);
    const actual = replayed.lines.find((other) => other.kind === "end");
    if (actual?.kind !== "end") return line; // the application keeps the session alive
    if (this.#update) return { ...line, changes: actual.changes };
    const difference = firstDifference(line.changes, actual.changes);
    if (difference !== undefined) throw differs("the changes after the last message differ", difference);
    return line;
  }

  /**
   * Advances the clock to a time of the recording. Real timers run somewhat late, so that their number
   * decides which of them run before a message.
   */
  async #advance(
    host: AppHost,
    time: number,
    expected?: { readonly session: Session; readonly timers: number },
  ): Promise<void> {
    const { clock } = host;
    const goal = this.#start + time;
    const latest = expected === undefined ? goal : goal + LATE_MILLISECONDS + LATE_FRACTION * time;
    const count = () => expected?.session.recorder?.timerCount ?? 0;
    for (let due = clock.nextDue; due !== undefined && due <= latest; due = clock.nextDue) {
      if (expected !== undefined ? count() >= expected.timers : due > goal) break;
      await clock.tick(Math.max(0, due - clock.now()));
    }
    const due = clock.nextDue;
    const isFree = due === undefined || due > goal;
    await clock.tick(isFree ? Math.max(0, goal - clock.now()) : 0);
    void host.errors;
  }
}

function headerOf(text: string, index: number): string {
  return text.split("\n").filter((line) => line.startsWith('{"kind":"recording"'))[index]!;
}

function connect(session: Session, readOnly: boolean): Connection {
  const port = { bufferedAmount: 0, send: () => {}, close: () => {} };
  return new Connection(session, port, { limits: DEFAULT_LIMITS, readOnly, decodesDefinitions: true });
}

function send({ clients, messages, session }: ReplayedSession, line: RecordedLine & MessageLine): void {
  messages.set(line.number, line);
  const buffers = (line.buffers ?? []).map(([id, base64]) => ({ id, data: Uint8Array.fromBase64(base64) }));
  // The session checks the message as it checks those of clients.
  const content = withQuestions(line.content, session) as MessageContent[ClientMessageType];
  for (const frame of encodeMessage(line.type as ClientMessageType, content, { buffers })) {
    clients.get(line.client)?.receive(frame);
  }
}

/** Returns the content of a message in which the questions of `doc.confirm` have the ids that they have now. */
function withQuestions(value: unknown, session: Session): unknown {
  if (typeof value === "string") return session.recorder?.questionId(value) ?? value;
  if (Array.isArray(value)) return value.map((item) => withQuestions(item, session));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withQuestions(item, session)]));
}

function differs(what: string, difference: string): Error {
  return new Error(`Cannot replay the recording: ${what}\n${difference}`);
}

/** Returns a description such as `message 3 of client 1 (Slider(p1001).value = 2)`. */
function describe({ document }: Session, { number, client, type, content }: MessageLine): string {
  const { events = [] } = content as { events?: readonly Record<string, unknown>[] };
  const texts = events.slice(0, 2).map((event) => {
    const id = (event.model as { id?: string } | undefined)?.id;
    const model = id === undefined ? "" : `${document.get_model_by_id(id)?.type ?? "model"}(${id})`;
    if (event.kind !== "ModelChanged") return `${event.kind} ${model}${event.msg_type ?? ""}`;
    return `${model}.${event.attr} = ${JSON.stringify(event.new).slice(0, 60)}`;
  });
  if (events.length > texts.length) texts.push("…");
  return `message ${number} of client ${client} (${texts.length === 0 ? type : texts.join(", ")})`;
}
