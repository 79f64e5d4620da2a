import type { Limits } from "../../common/limits.ts";
import { type CollectedMessage, type DecoderLimits, MessageDecoder } from "../../protocol/decoder.ts";
import type { MemoryPool } from "../../protocol/memory_pool.ts";
import { encodeMessage, lengthOf } from "../../protocol/encode.ts";
import { ProtocolError, type ProtocolErrorCode } from "../../protocol/error.ts";
import type { Frame, Message, MessageContent, MessageType, WireBuffer } from "../../protocol/message.ts";
import type { Clock } from "../../common/clock.ts";
import { withoutUploads } from "../file_table.ts";
import { dispatch, isForServer, publicError, type Sender } from "./dispatch.ts";
import { Outbox, type OutboxOwner } from "./outbox.ts";
import type { Session } from "../session.ts";
import type { SessionWork } from "../limits/session_work.ts";
import { FRAME_OVERHEAD_BYTES, WaitingBytes } from "../limits/waiting_bytes.ts";
import type { SocketPort } from "./socket_port.ts";

/** Limits of a connection. */
export type ConnectionLimits =
  & DecoderLimits
  & Pick<Limits, "outboxBytes" | "stallMilliseconds" | "waitingMessages" | "waitingBytes">;

/** Bytes in a socket's buffer from which its connection is congested. */
const CONGESTION_BYTES = 1024 * 1024;

/** Options of {@linkcode openConnection}. */
export interface ConnectionOptions {
  /** Limits of the connection. */
  readonly limits: ConnectionLimits;
  /**
   * Whether the client may only look.
   *
   * @default {false}
   */
  readOnly?: boolean | undefined;
  /**
   * Whether the client decodes definitions of classes in patches: BokehJS and the client of this package do, Python's client does not.
   *
   * @default {false}
   */
  decodesDefinitions?: boolean | undefined;
  /** Memory that all clients share, in which counts what waits of each. Not limited by default. */
  memory?: MemoryPool | undefined;
}

/** The ends that a socket holds of its connection. */
export interface OpenConnection {
  /** Takes a frame that the client sent. After a breach of the protocol it does nothing. */
  receive(frame: Frame): void;
  /** To be called once, when the socket has closed. */
  closed(code: number, reason: string): void;
  /** Closes the socket with the code and the text of a row of the protocol's errors. */
  close(code: ProtocolErrorCode): void;
}

/**
 * Connects a client to a session: the client is greeted with ACK and hears of every change from now on.
 *
 * @param session the session
 * @param port the client's socket, open
 */
export function openConnection(session: Session, port: SocketPort, options: ConnectionOptions): OpenConnection {
  return new Connection(session, port, options);
}

/** A message that waits until those before it are done. */
interface WaitingMessage {
  readonly message: CollectedMessage;
  /** Its length. */
  readonly bytes: number;
  /** Bytes that it keeps: its length, and the overhead of its frames. */
  readonly heldBytes: number;
}

/** One client of a session. */
export class Connection implements OpenConnection, OutboxOwner, Sender {
  readonly session: Session;
  readonly readOnly: boolean;
  readonly decodesDefinitions: boolean;
  readonly #port: SocketPort;
  readonly #decoder: MessageDecoder;
  readonly #outbox: Outbox;
  readonly #openedAt: number;
  readonly #limits: ConnectionLimits;
  readonly #waiting: WaitingMessage[] = [];
  readonly #memory: WaitingBytes;
  #ownWork: SessionWork | undefined;
  #busy = false;
  #ended = false;
  #frameBytes = 0;
  /** Frames of the message that is not complete. */
  #frames = 0;
  #waitingBytes = 0;

  constructor(session: Session, port: SocketPort, options: ConnectionOptions) {
    this.session = session;
    this.readOnly = options.readOnly ?? false;
    this.decodesDefinitions = options.decodesDefinitions ?? false;
    this.#port = port;
    this.#limits = options.limits;
    this.#decoder = new MessageDecoder(options.limits);
    this.#memory = new WaitingBytes(options.memory);
    this.#openedAt = this.session.clock.now();
    this.#outbox = new Outbox(port, this, options.limits, CONGESTION_BYTES);
    this.session.observer({ type: "connectionOpened" });
    session.subscribe(this);
    this.deliver(encodeMessage("ACK", {}, { session: session.instance }));
  }

  get bufferedBytes(): number {
    return this.#outbox.bufferedBytes;
  }

  get clock(): Clock {
    return this.session.clock;
  }

  get lagging(): boolean {
    return !this.#ended && this.#outbox.congested;
  }

  get isOpen(): boolean {
    return !this.#ended;
  }

  get caughtUp(): Promise<void> | undefined {
    return this.#outbox.caughtUp;
  }

  deliver(frames: readonly Frame[]): void {
    if (this.#ended) return;
    const allowed = this.readOnly ? this.#withoutRights(frames) : frames;
    this.session.broadcast.undelivered.add(lengthOf(allowed));
    if (!this.#ended) this.#outbox.send(allowed); // the limit may have closed this connection
  }

  reply<T extends MessageType>(
    request: Message,
    type: T,
    content: MessageContent[T] | string,
    buffers: WireBuffer[] = [],
  ): void {
    this.deliver(encodeMessage(type, content, { reqid: request.header.msgid, buffers }));
  }

  receive(frame: Frame): void {
    if (this.#ended) return;
    this.#frameBytes += frame.length;
    this.#frames++;
    try {
      const message = this.#decoder.collect(frame);
      if (!message) return this.#checkMemory();
      const [bytes, heldBytes] = [this.#frameBytes, this.#heldFrameBytes];
      this.#forgetFrames();
      this.#take({ message, bytes, heldBytes });
    } catch (error) {
      this.#forgetFrames();
      this.#refuse(ProtocolError.from(error));
    }
  }

  close(code: ProtocolErrorCode): void {
    if (this.#ended) return;
    const { wsClose, publicText } = new ProtocolError("Cannot go on: connection is to end", code).answer;
    this.#end(wsClose ?? 1011);
    this.#port.close(wsClose ?? 1011, publicText);
  }

  sessionEnded(reason: ProtocolErrorCode): void {
    this.close(reason);
  }

  closed(code: number, _reason: string): void {
    this.#end(code);
  }

  onDrained(): void {
    this.session.broadcast.caughtUp(this);
  }

  onSlow(bufferedBytes: number, closed: boolean): void {
    this.session.observer({ type: "slowConsumer", bufferedBytes, closed });
    if (!closed) return;
    this.session.log.warn("Closed a connection: the client took nothing of {bytes} bytes", { bytes: bufferedBytes });
    this.close("slow_consumer");
  }

  maySend(bytes: number): boolean {
    return this.#work.maySend(bytes);
  }

  giveUp(): void {
    const bytes = this.bufferedBytes;
    this.session.observer({ type: "slowConsumer", bufferedBytes: bytes, closed: true });
    this.session.log.warn(
      "Closed a connection: all clients of its session are behind by too much, this one by {bytes} bytes",
      {
        bytes,
      },
    );
    this.close("slow_consumer");
  }

  // a client that only reads must not use up what the session has for the others
  get #work(): SessionWork {
    if (!this.readOnly) return this.session.work;
    return this.#ownWork ??= this.session.accountWork((limit) => {
      this.session.log.warn("Closed a connection: a client that only reads asked for too much work ({limit})", {
        limit,
      });
      this.close("too_much_work");
    });
  }

  #withoutRights(frames: readonly Frame[]): readonly Frame[] {
    const ids = this.session.uploadIds;
    return frames.map((frame) => typeof frame === "string" ? withoutUploads(frame, ids) : frame);
  }

  /** Bytes that the frames of a message that is not complete keep. */
  get #heldFrameBytes(): number {
    return this.#frameBytes + this.#frames * FRAME_OVERHEAD_BYTES;
  }

  #forgetFrames(): void {
    this.#frameBytes = 0;
    this.#frames = 0;
  }

  #take(waiting: WaitingMessage): void {
    this.#memory.set(this.#waitingBytes);
    if (!this.#busy) return this.#process(this.#decoder.read(waiting.message), waiting.bytes);
    if (
      this.#waiting.length >= this.#limits.waitingMessages ||
      this.#waitingBytes + waiting.heldBytes > this.#limits.waitingBytes
    ) {
      throw new ProtocolError("Cannot take message: too many wait for one that is at work", "too_many_messages");
    }
    this.#waiting.push(waiting);
    this.#waitingBytes += waiting.heldBytes;
    this.#checkMemory();
  }

  #checkMemory(): void {
    if (this.#memory.set(this.#heldFrameBytes + this.#waitingBytes)) return;
    throw new ProtocolError("Cannot take frame: messages that wait use all memory of clients", "too_many_messages");
  }

  // the next message is looked at when this one is done: at once, wherever nothing has to be waited for
  #process(message: Message, bytes: number): void {
    if (!isForServer(message)) return this.close("unexpected_type");
    this.session.observer({ type: "messageReceived", msgtype: message.type });
    try {
      const done = dispatch(this, message, bytes);
      if (done) this.#wait(message, done);
    } catch (error) {
      this.#replyError(message.header.msgid, error);
    }
  }

  async #wait(message: Message, done: Promise<void>): Promise<void> {
    this.#busy = true;
    try {
      await done;
    } catch (error) {
      this.#replyError(message.header.msgid, error);
    }
    this.#busy = false;
    while (!this.#busy && !this.#ended) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#waitingBytes -= next.heldBytes;
      this.#memory.set(this.#heldFrameBytes + this.#waitingBytes);
      this.#processWaiting(next.message, next.bytes);
    }
  }

  // what waits is parsed only now: as text it takes a fraction of the memory
  #processWaiting(waiting: CollectedMessage, bytes: number): void {
    let message: Message;
    try {
      message = this.#decoder.read(waiting);
    } catch (error) {
      return this.#refuse(ProtocolError.from(error));
    }
    this.#process(message, bytes);
  }

  #replyError(reqid: unknown, error: unknown): void {
    if (this.#ended) return;
    this.deliver(encodeMessage("ERROR", { text: publicError(this, error), traceback: null }, { reqid }));
  }

  #refuse(error: ProtocolError): void {
    this.session.observer({ type: "messageRefused", code: error.code });
    if (error.answer.wsClose === null) {
      this.session.sync.warn(`Refused a message by a client: ${error.message}`);
      return this.#replyError(error.reqid, error);
    }
    this.session.log.warn("Closed a connection: {reason}", {
      reason: error.message,
      error: error.code === "internal" ? error.cause : undefined,
    });
    this.close(error.code);
  }

  #end(code: number): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#waiting.length = 0;
    this.#waitingBytes = 0;
    this.#memory.set(0);
    this.#outbox.stop();
    this.session.unsubscribe(this);
    this.session.observer({
      type: "connectionClosed",
      code,
      openMilliseconds: this.session.clock.now() - this.#openedAt,
    });
  }
}
