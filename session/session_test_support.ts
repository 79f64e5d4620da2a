/**
 * Sessions and clients for tests, without sockets and with a manual clock.
 *
 * @module
 */

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
import { SessionRegistry } from "./registry/registry.ts";
import type { SessionRegistryOptions } from "./registry/registry_options.ts";
import type { Session } from "./session.ts";
import type { SocketPort } from "./connection/socket_port.ts";

/** A registry of one application with a manual clock, and the events of its sessions. */
export interface Fixture {
  registry: SessionRegistry;
  clock: ManualClock;
  events: SessionEvent[];
}

/** Creates a registry for an application. An internal error fails the test. */
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

/** A socket that records its frames. */
export class TestPort implements SocketPort {
  readonly frames: Frame[] = [];
  bufferedAmount = 0;
  /** Whether sent frames stay in the socket's buffer. */
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

/**
 * A client that passes frames to the connection of a session directly, and records the messages
 * that it receives. It is not the `WireClient` of `tests/kit/`, which needs a port: here each
 * message is handled before the next line of the test runs.
 */
export class InProcessClient {
  readonly port = new TestPort();
  readonly connection: Connection;
  #lastId = 0;
  #read = 0;

  constructor(session: Session, options: Partial<ConnectionOptions> = {}) {
    this.connection = new Connection(session, this.port, { limits: DEFAULT_LIMITS, ...options });
  }

  /** Returns the messages that were received since the last call. */
  take(): Message[] {
    const decoder = new MessageDecoder(DEFAULT_LIMITS, SERVER_MESSAGE_TYPES);
    const frames = this.port.frames.slice(this.#read);
    this.#read = this.port.frames.length;
    return frames.map((frame) => decoder.push(frame)).filter((message) => message !== undefined);
  }

  /** Returns the types of the messages that were received since the last call. */
  takeTypes(): MessageType[] {
    return this.take().map((message) => message.type);
  }

  /** Returns the patch events that were received since the last call. */
  takeEvents(): PatchEvent[] {
    return this.take().flatMap((message) => message.type === "PATCH-DOC" ? message.content.events : []);
  }

  /** Sends a message. Returns its id. */
  send<T extends MessageType>(msgtype: T, content: MessageContent[T]): string {
    const msgid = `c${++this.#lastId}`;
    for (const frame of [{ msgid, msgtype }, {}, content]) this.connection.receive(JSON.stringify(frame));
    return msgid;
  }

  /** Sends a patch that sets an attribute. Returns the id of its message. */
  set(model: { id: string }, attr: string, value: unknown): string {
    return this.send("PATCH-DOC", { events: [{ kind: "ModelChanged", model: { id: model.id }, attr, new: value }] });
  }

  /** Pulls the document. Returns the reply. */
  pull(): MessageOf<"PULL-DOC-REPLY"> {
    this.send("PULL-DOC-REQ", {});
    const reply = this.take().at(-1);
    if (reply?.type !== "PULL-DOC-REPLY") throw new Error(`Cannot pull: ${reply?.type} came`);
    return reply;
  }
}
