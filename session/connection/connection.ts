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

/** Options of a {@linkcode Connection}. */
export interface ConnectionOptions {
  /** Limits of the connection. */
  readonly limits: ConnectionLimits;
  /**
   * Whether the client may only read.
   *
   * @default {false}
   */
  readOnly?: boolean | undefined;
  /**
   * Whether the client decodes definitions of classes in patches. BokehJS and the client of this
   * package do; Python's client does not.
   *
   * @default {false}
   */
  decodesDefinitions?: boolean | undefined;
  /**
   * Memory that all clients share. It includes the frames and messages that wait. Not limited by
   * default.
   */
  memory?: MemoryPool | undefined;
}

/** Records the result of a message: nothing, or the error. */
type RecordResult = (error?: unknown) => void;

/** A message that waits until earlier messages have been handled. */
interface WaitingMessage {
  readonly message: CollectedMessage;
  /** Length of the message in bytes. */
  readonly bytes: number;
  /** Memory that the message takes: its length, and the overhead of its frames. */
  readonly heldBytes: number;
}

/**
 * One client of a session, above its socket: decodes and handles its messages in their order, and
 * sends it the session's changes.
 */
export class Connection implements OutboxOwner, Sender {
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
  /** Whether a message waits for the lock or for a callback, so that later messages must wait. */
  #busy = false;
  #ended = false;
  #frameBytes = 0;
  /** Number of frames of the incomplete message. */
  #frames = 0;
  #waitingBytes = 0;
  /** Messages to the client that wait until the session's journal is stored. */
  #gated: { readonly frames: readonly Frame[]; readonly barrier: number }[] = [];
  #gatedBytes = 0;

  /**
   * Subscribes a client to the changes of a session, and sends it ACK.
   *
   * @param port The client's socket, which is open.
   */
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
    session.recorder?.opened(this, this.readOnly);
    session.subscribe(this);
    // It may have been destroyed, or taken by another process, since the client was given it.
    if (session.destroyedBy !== undefined) this.close(session.destroyedBy);
    else this.deliver(encodeMessage("ACK", {}, { session: session.instance }));
  }

  get bufferedBytes(): number {
    return this.#outbox.bufferedBytes + this.#gatedBytes;
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
    const allowed = this.readOnly ? this.#withoutUploadIds(frames) : frames;
    this.session.broadcast.undelivered.add(lengthOf(allowed));
    if (!this.#ended) this.#send(allowed); // the limit may have closed this connection
  }

  gateOpened(): void {
    const { gate } = this.session;
    let sent = 0;
    // Removed together at the end: to remove each one from the front of a long array takes long.
    while (sent < this.#gated.length && gate?.hasPassed(this.#gated[sent]!.barrier)) {
      const { frames } = this.#gated[sent++]!;
      this.#gatedBytes -= lengthOf(frames);
      this.#outbox.send(frames); // may close the connection, which drops all that wait
    }
    this.#gated.splice(0, sent);
    if (sent > 0 && !this.#ended) this.#memory.set(this.#heldBytes);
  }

  reply<T extends MessageType>(
    request: Message,
    type: T,
    content: MessageContent[T] | string,
    buffers: WireBuffer[] = [],
  ): void {
    this.deliver(encodeMessage(type, content, { reqid: request.header.msgid, buffers }));
  }

  /**
   * Handles a frame that the client has sent. Ignores frames after a protocol error, which closes
   * the connection.
   */
  receive(frame: Frame): void {
    if (this.#ended) return;
    this.#frameBytes += frame.length;
    this.#frames++;
    try {
      const message = this.#decoder.collect(frame);
      if (!message) return this.#checkMemory();
      const [bytes, heldBytes] = [this.#frameBytes, this.#heldFrameBytes];
      this.#clearFrames();
      this.#take({ message, bytes, heldBytes });
    } catch (error) {
      this.#clearFrames();
      this.#refuse(ProtocolError.from(error));
    }
  }

  /** Closes the socket with the close code and the text of a protocol error. */
  close(code: ProtocolErrorCode): void {
    if (this.#ended) return;
    const { wsClose, publicText } = new ProtocolError("Cannot continue: connection is closing", code).answer;
    this.#end(wsClose ?? 1011);
    this.#port.close(wsClose ?? 1011, publicText);
  }

  /** Must be called once, when the socket has closed. */
  closed(code: number, _reason: string): void {
    this.#end(code);
  }

  onDrained(): void {
    this.session.broadcast.sendDirtyAttributes(this);
  }

  onSlow(bufferedBytes: number, mustClose: boolean): void {
    this.session.observer({ type: "slowConsumer", bufferedBytes, closed: mustClose });
    if (!mustClose) return;
    this.session.log.warn("Closed a connection: the client does not receive the {bytes} bytes that wait for it", {
      bytes: bufferedBytes,
    });
    this.close("slow_consumer");
  }

  maySend(bytes: number): boolean {
    return this.#work.maySend(bytes);
  }

  closeSlow(): void {
    const bytes = this.bufferedBytes;
    this.session.observer({ type: "slowConsumer", bufferedBytes: bytes, closed: true });
    this.session.log.warn(
      "Closed a connection: too many bytes wait for the clients of its session, {bytes} of them for this one",
      { bytes },
    );
    this.close("slow_consumer");
  }

  #send(frames: readonly Frame[]): void {
    const { gate } = this.session;
    if (gate === undefined || gate.isOpen && this.#gated.length === 0) return this.#outbox.send(frames);
    if (this.#gated.length >= this.#limits.waitingMessages) return this.close("store_unavailable");
    this.#gated.push({ frames, barrier: gate.barrier });
    this.#gatedBytes += lengthOf(frames);
    if (!this.#memory.set(this.#heldBytes)) this.close("store_unavailable");
  }

  /**
   * The account of this client's work. A read-only client has its own, so that it cannot use up the
   * session's.
   */
  get #work(): SessionWork {
    if (!this.readOnly) return this.session.work;
    return this.#ownWork ??= this.session.accountWork((limit) => {
      this.session.log.warn("Closed a connection: a read-only client caused too much work ({limit})", { limit });
      this.close("too_much_work");
    });
  }

  #withoutUploadIds(frames: readonly Frame[]): readonly Frame[] {
    const ids = this.session.uploadIds;
    return frames.map((frame) => typeof frame === "string" ? withoutUploads(frame, ids) : frame);
  }

  /** Memory that the frames of the incomplete message take, in bytes. */
  get #heldFrameBytes(): number {
    return this.#frameBytes + this.#frames * FRAME_OVERHEAD_BYTES;
  }

  /** Memory of all frames and messages that wait here, in bytes. */
  get #heldBytes(): number {
    return this.#heldFrameBytes + this.#waitingBytes + this.#gatedBytes;
  }

  #clearFrames(): void {
    this.#frameBytes = 0;
    this.#frames = 0;
  }

  #take(waiting: WaitingMessage): void {
    this.#memory.set(this.#heldBytes);
    if (!this.#busy) return this.#process(this.#decoder.read(waiting.message), waiting.bytes);
    if (
      this.#waiting.length >= this.#limits.waitingMessages ||
      this.#waitingBytes + waiting.heldBytes > this.#limits.waitingBytes
    ) {
      throw new ProtocolError("Cannot take message: too many wait for one that is being handled", "too_many_messages");
    }
    this.#waiting.push(waiting);
    this.#waitingBytes += waiting.heldBytes;
    this.#checkMemory();
  }

  #checkMemory(): void {
    if (this.#memory.set(this.#heldBytes)) return;
    throw new ProtocolError("Cannot take frame: waiting messages use all memory of clients", "too_many_messages");
  }

  /**
   * Handles a message. Synchronous unless the document's lock is held or a callback is
   * asynchronous.
   */
  #process(message: Message, bytes: number): void {
    if (!isForServer(message)) return this.close("unexpected_type");
    this.session.observer({ type: "messageReceived", msgtype: message.type });
    const record = this.session.recorder?.received(this, message, bytes);
    try {
      const done = dispatch(this, message, bytes);
      if (done) this.#wait(message, done, record);
      else record?.();
    } catch (error) {
      this.#replyError(message.header.msgid, error);
      record?.(error);
    }
  }

  async #wait(message: Message, done: Promise<void>, record: RecordResult | undefined): Promise<void> {
    this.#busy = true;
    try {
      await done;
      record?.();
    } catch (error) {
      this.#replyError(message.header.msgid, error);
      record?.(error);
    }
    this.#busy = false;
    while (!this.#busy && !this.#ended) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#waitingBytes -= next.heldBytes;
      this.#memory.set(this.#heldBytes);
      this.#processWaiting(next.message, next.bytes);
    }
  }

  /**
   * Handles a message that has waited. It is parsed only now, because its text takes a fraction of
   * the memory.
   */
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
    this.#gated = [];
    this.#gatedBytes = 0;
    this.#outbox.stop();
    this.session.recorder?.closed(this);
    this.session.unsubscribe(this);
    this.session.observer({
      type: "connectionClosed",
      code,
      openMilliseconds: this.session.clock.now() - this.#openedAt,
    });
  }
}
