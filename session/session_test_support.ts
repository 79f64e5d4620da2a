// A client of a session for tests: it holds what it was sent as messages, so that none can be
// missed.
import { DEFAULT_LIMITS, DEFAULT_SESSION_TIMES } from "../common/limits.ts";
import { Application } from "../application/application.ts";
import type { ApplicationFunction, ApplicationOptions } from "../application/application_options.ts";
import { MessageDecoder } from "../protocol/decoder.ts";
import type { Frame, Message, MessageContent, MessageOf, MessageType } from "../protocol/message.ts";
import { SERVER_MESSAGE_TYPES } from "../protocol/message_types.ts";
import type { PatchEvent } from "../protocol/patch.ts";
import { Connection, type ConnectionOptions } from "./connection/connection.ts";
import { ManualClock } from "../common/manual_clock.ts";
import type { SessionEvent } from "./observability/observer.ts";
import { SessionRegistry, type SessionRegistryOptions } from "./registry/registry.ts";
import type { Session } from "./session.ts";
import type { SocketPort } from "./connection/socket_port.ts";

/** A registry of one application with a clock that stands still. */
export interface Fixture {
  registry: SessionRegistry;
  clock: ManualClock;
  events: SessionEvent[];
}

/** Makes a registry for an application. */
export function makeRegistry(
  fill: ApplicationFunction,
  options: ApplicationOptions & Partial<SessionRegistryOptions> = {},
): Fixture {
  const clock = new ManualClock();
  const events: SessionEvent[] = [];
  const registry = new SessionRegistry(new Application(fill, options), {
    limits: DEFAULT_LIMITS,
    ...DEFAULT_SESSION_TIMES,
    clock,
    observer(event) {
      events.push(event);
      if (event.type === "internalError") reportError(event.error); // fails the test
    },
    ...options,
  });
  return { registry, clock, events };
}

/** A socket that sends nowhere. */
export class TestPort implements SocketPort {
  readonly frames: Frame[] = [];
  bufferedAmount = 0;
  /** Whether what is sent stays in the socket's buffer. */
  stuck = false;
  closedWith: [code: number, reason: string] | undefined;

  send(frame: Frame): void {
    this.frames.push(frame);
    if (this.stuck) this.bufferedAmount += frame.length;
  }

  close(code: number, reason: string): void {
    this.closedWith = [code, reason];
  }
}

/** One client. */
export class TestClient {
  readonly port = new TestPort();
  readonly connection: Connection;
  #lastId = 0;
  #read = 0;

  constructor(session: Session, options: Partial<ConnectionOptions> = {}) {
    this.connection = new Connection(session, this.port, { limits: DEFAULT_LIMITS, ...options });
  }

  /** The messages that have come since it was last asked. */
  take(): Message[] {
    const decoder = new MessageDecoder(DEFAULT_LIMITS, SERVER_MESSAGE_TYPES);
    const frames = this.port.frames.slice(this.#read);
    this.#read = this.port.frames.length;
    return frames.map((frame) => decoder.push(frame)).filter((message) => message !== undefined);
  }

  /** Types of the messages that have come since it was last asked. */
  takeTypes(): MessageType[] {
    return this.take().map((message) => message.type);
  }

  /** Patch events that have come since it was last asked. */
  takeEvents(): PatchEvent[] {
    return this.take().flatMap((message) => message.type === "PATCH-DOC" ? message.content.events : []);
  }

  /** Sends a message; answers with its id. */
  send<T extends MessageType>(msgtype: T, content: MessageContent[T]): string {
    const msgid = `c${++this.#lastId}`;
    for (const frame of [{ msgid, msgtype }, {}, content]) this.connection.receive(JSON.stringify(frame));
    return msgid;
  }

  /** Sends a patch that sets an attribute. */
  set(model: { id: string }, attr: string, value: unknown): string {
    return this.send("PATCH-DOC", { events: [{ kind: "ModelChanged", model: { id: model.id }, attr, new: value }] });
  }

  /** Pulls the document. */
  pull(): MessageOf<"PULL-DOC-REPLY"> {
    this.send("PULL-DOC-REQ", {});
    const reply = this.take().at(-1);
    if (reply?.type !== "PULL-DOC-REPLY") throw new Error(`Cannot pull: ${reply?.type} came`);
    return reply;
  }
}
