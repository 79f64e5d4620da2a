/**
 * Records one session: the messages of its clients, and the changes that follow from each.
 *
 * @module
 */

import { isRecord } from "../../common/is_record.ts";
import type { Clock } from "../../common/clock.ts";
import { errorMessage } from "../../common/error_message.ts";
import { flattenDocument } from "../../document/describe_differences.ts";
import type { Document } from "../../document/document.ts";
import type { DocumentSync } from "../../document/document_sync.ts";
import type { DocumentPatchedEvent } from "../../document/events/events.ts";
import { PatchError } from "../../document/patches/patch_error.ts";
import { isPageMessage } from "../../document/page/page_message.ts";
import type { SessionRequest } from "../../document/session_request.ts";
import { ProtocolError } from "../../protocol/error.ts";
import type { Message, WireBuffer } from "../../protocol/message.ts";
import type { PatchEvent } from "../../protocol/patch.ts";
import type { SessionWork } from "../limits/session_work.ts";
import type { SessionObserver } from "../observability/observer.ts";
import { digest } from "../persistence/digest.ts";
import { CallbackError } from "../transactions/callback_error.ts";
import type { LineContent, RecordedChange } from "./recording_format.ts";
import { Redaction } from "./redaction.ts";

/** Values whose JSON is longer are replaced by a digest, in characters. */
const MAX_VALUE_LENGTH = 200;
/** Length of the beginning of a long value in a recording, in characters. */
const START_LENGTH = 60;
/** Binary data that is longer is replaced by a digest, in bytes. */
const MAX_DATA_BYTES = 64;
/** Maximum number of changes that one result contains. The rest is one digest. */
const MAX_CHANGES = 1000;

/** The parts of a session that its recorder uses. */
interface RecordedSession {
  readonly id: string;
  readonly document: Document;
  readonly sync: DocumentSync;
  readonly clock: Clock;
  readonly context: { readonly request: SessionRequest | null };
  readonly subscribers: ReadonlySet<object>;
  readonly work: Pick<SessionWork, "maySend">;
}

/** Options of {@linkcode SessionRecorder}. */
export interface SessionRecorderOptions {
  /** Path of the application. */
  readonly application: string;
  /** Names of the arguments whose values are recorded. */
  readonly recordedArguments: ReadonlySet<string>;
  /** Writes a line. Returns its length in bytes; 0 if the recording of the session must end. */
  readonly write: (content: LineContent, now: number) => number;
  /** Returns the number of bytes that may still be written. */
  readonly bytesLeft: () => number;
}

/** Records one session. It never throws: a session goes on if it cannot be recorded. */
export class SessionRecorder {
  readonly #options: SessionRecorderOptions;
  /** Stands for the recording among the recipients of models. */
  readonly #recipient: object = {};
  readonly #clients = new WeakMap<object, number>();
  #session: RecordedSession | undefined;
  #redaction: Redaction | undefined;
  #clientCount = 0;
  #messageCount = 0;
  #timerCount = 0;
  #changes: RecordedChange[] = [];

  /** Creates a recorder, which records nothing until {@linkcode start}. */
  constructor(options: SessionRecorderOptions) {
    this.#options = options;
  }

  /** Number of timeouts and periodic callbacks that have run. */
  get timerCount(): number {
    return this.#timerCount;
  }

  /** Returns the id of a question that has a name in the recording, undefined for other texts. */
  questionId(name: string): string | undefined {
    return this.#redaction?.questionId(name);
  }

  /** Returns an observer that also counts the timers of the session, and records errors of callbacks. */
  observing(observer: SessionObserver): SessionObserver {
    return (event) => {
      if (event.type === "callbackEnded" && event.kind !== "next_tick") this.#timerCount++;
      if (event.type === "callbackFailed") this.#attempt(() => this.#add(["error", this.#shown(String(event.error))]));
      observer(event);
    };
  }

  /** Starts with the document that the application has filled. */
  start(session: RecordedSession, isResumed: boolean): void {
    this.#session = session;
    this.#attempt(() => {
      const { document, sync, context: { request } } = session;
      const { recordedArguments, application } = this.#options;
      this.#redaction = new Redaction({ document, sessionId: session.id, request, recordedArguments });
      const names = Object.keys(request?.arguments ?? {});
      const kept = names.filter((name) => recordedArguments.has(name));
      const texts = (name: string) => request!.arguments[name]!.map((value) => new TextDecoder().decode(value));
      this.#write({
        kind: "session",
        application,
        arguments: Object.fromEntries(kept.map((name) => [name, texts(name)])),
        omitted: names.filter((name) => !recordedArguments.has(name)),
        resumed: isResumed,
        document: this.#wholeDocument(sync),
      });
      sync.noteSnapshot(this.#recipient);
    });
  }

  /** Records a new client. */
  opened(client: object, readOnly: boolean): void {
    this.#clients.set(client, ++this.#clientCount);
    this.#attempt(() => this.#write({ kind: "open", client: this.#clientCount, readOnly }));
  }

  /** Records that a client has gone. */
  closed(client: object): void {
    this.#attempt(() => this.#write({ kind: "close", client: this.#clients.get(client)! }));
  }

  /**
   * Records a message before it is handled. Returns a function to call with the result: without an
   * argument if the message was handled, or with the error.
   *
   * @param bytes Length of the message.
   */
  received(client: object, message: Message, bytes: number): (error?: unknown) => void {
    const number = ++this.#messageCount;
    this.#attempt((session) => {
      if (bytes > this.#options.bytesLeft()) {
        throw new RangeError("Cannot record message: it is longer than the recording may become");
      }
      const buffers = [...message.buffers].map(([id, data]) => [id, data.toBase64()] as const);
      const written = this.#write({
        kind: "message",
        client: this.#clients.get(client)!,
        number,
        timers: this.#timerCount,
        type: message.type,
        content: this.#contentOf(message),
        ...buffers.length === 0 ? {} : { buffers },
      });
      session.work.maySend(written); // the file is one more recipient of the message
    });
    return (error) =>
      this.#attempt((session) => {
        const outcome = error === undefined ? "OK" : String(this.#redaction!.value(outcomeOf(error)));
        session.work.maySend(this.#write({ kind: "result", number, outcome, changes: this.#takeChanges() }));
      });
  }

  /** Collects the changes of a transaction, for the next result. */
  changed(events: readonly DocumentPatchedEvent[]): void {
    this.#attempt(({ sync, subscribers }) => {
      if (events.length === 0) return;
      const encoded = sync.encode(events, {
        clients: [this.#recipient],
        for: this.#recipient,
        isServer: true,
      });
      if (encoded.models.size > 0) sync.noteSent(encoded.models, [this.#recipient], [...subscribers]);
      for (const event of events) {
        // Messages to one client are not encoded for others.
        if (event.kind !== "MessageSent" || event.recipient === undefined || !isPageMessage(event)) continue;
        this.#add([`message ${event.msg_type}`, short(field(this.#redaction!.event(event), "msg_data"))]);
      }
      for (const event of withData(encoded.events, encoded.buffers)) this.#add(this.#change(event));
    });
  }

  /** Records that the session was destroyed, with the changes since the last result. */
  ended(): void {
    this.#attempt(() => this.#write({ kind: "end", timers: this.#timerCount, changes: this.#takeChanges() }));
    this.#session = undefined;
  }

  /** Does nothing if the recording has not started or has ended. */
  #attempt(record: (session: RecordedSession) => void): void {
    if (this.#session === undefined) return;
    try {
      record(this.#session);
    } catch (error) {
      this.#write({ kind: "stopped", reason: errorMessage(error).slice(0, 200) });
      this.#session = undefined;
    }
  }

  /** Returns the number of bytes that were written. */
  #write(content: LineContent): number {
    if (this.#session === undefined) return 0;
    const written = this.#options.write(content, this.#session.clock.now());
    if (written === 0) {
      this.#session = undefined;
      this.#changes = [];
    }
    return written;
  }

  #add(change: RecordedChange): void {
    if (this.#changes.length > MAX_CHANGES) this.#changes.push(digestOf(this.#changes.splice(MAX_CHANGES - 1)));
    this.#changes.push(change);
  }

  #takeChanges(): RecordedChange[] {
    const changes = this.#changes;
    this.#changes = [];
    return changes;
  }

  #contentOf(message: Message): unknown {
    const redaction = this.#redaction!;
    if (message.type !== "PATCH-DOC") return redaction.value(message.content);
    return { events: message.content.events.map((event) => redaction.event(event)) };
  }

  #wholeDocument(sync: DocumentSync): RecordedChange[] {
    const { doc, buffers } = sync.snapshot();
    const { roots, models } = flattenDocument(withData(doc, buffers));
    const lines: RecordedChange[] = [["title", this.#shown(doc.title)], ["roots", short(roots)]];
    for (const [id, { type, attributes }] of models) {
      for (const [attr, value] of Object.entries(attributes)) {
        const isPassword = sync.document.get_model_by_id(id)?.isA("PasswordInput");
        const shown = this.#redaction!.attribute(isPassword ? "PasswordInput" : type, attr, value);
        lines.push([`${type}(${id}).${attr}`, short(shown)]);
      }
      if (Object.keys(attributes).length === 0) lines.push([`${type}(${id})`, {}]);
    }
    return lines;
  }

  #change(event: PatchEvent): RecordedChange {
    const redaction = this.#redaction!;
    switch (event.kind) {
      case "TitleChanged":
        return ["title", this.#shown(event.title)];
      case "RootAdded":
        return ["added root", this.#shown(event.model)];
      case "RootRemoved":
        return ["removed root", event.model.id];
      case "MessageSent":
        return [`message ${event.msg_type}`, short(field(redaction.event(event), "msg_data"))];
      case "ModelChanged":
        return [this.#nameOf(event.model.id, event.attr), short(field(redaction.event(event), "new"))];
      default: {
        const { kind, model, attr, ...rest } = event;
        return [`${this.#nameOf(model.id, attr)} (${kind})`, this.#shown(rest)];
      }
    }
  }

  #nameOf(id: string, attr: string): string {
    return `${this.#session?.document.get_model_by_id(id)?.type ?? "model"}(${id}).${attr}`;
  }

  #shown(value: unknown): unknown {
    return short(this.#redaction!.value(value));
  }
}

function field(event: unknown, name: string): unknown {
  return isRecord(event) ? event[name] : undefined;
}

/**
 * Returns a value in which binary data, which has random ids on the wire, is replaced by its bytes, or by
 * their digest.
 */
function withData<T>(value: T, buffers: readonly WireBuffer[]): T {
  if (buffers.length === 0) return value;
  const data = new Map(buffers.map((buffer) => [buffer.id, buffer.data]));
  const visit = (item: unknown): unknown => {
    if (Array.isArray(item)) return item.map(visit);
    if (!isRecord(item)) return item;
    const bytes = item.type === "bytes" && isRecord(item.data) ? data.get(String(item.data.id)) : undefined;
    if (bytes === undefined) return Object.fromEntries(Object.entries(item).map(([key, field]) => [key, visit(field)]));
    const text = bytes.length <= MAX_DATA_BYTES ? bytes.toBase64() : `${bytes.length} bytes, ${digest([bytes])}`;
    return { ...item, data: text };
  };
  return visit(value) as T; // only the data of `bytes` is replaced
}

/** Returns a value, or its digest if it is long. */
function short(value: unknown): unknown {
  const text = JSON.stringify(value) ?? "null";
  if (text.length <= MAX_VALUE_LENGTH) return JSON.parse(text);
  return { start: text.slice(0, START_LENGTH), length: text.length, digest: digest([new TextEncoder().encode(text)]) };
}

function digestOf(changes: readonly RecordedChange[]): RecordedChange {
  return ["further changes", short(changes)];
}

/** Returns a text for an error, without the random reference that clients receive. */
function outcomeOf(error: unknown): string {
  if (error instanceof CallbackError) return `callback_failed: ${String(error.cause)}`.slice(0, MAX_VALUE_LENGTH);
  if (error instanceof PatchError) return `invalid_patch: ${error.publicText}`.slice(0, MAX_VALUE_LENGTH);
  return error instanceof ProtocolError ? error.code : "internal";
}
