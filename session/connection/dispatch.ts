import { type ClientChange, isAutomatic, withoutKnownRoots } from "../../document/patches/patch_policy.ts";
import { answerIn, isPageMessage } from "../../document/page/page_message.ts";
import { PatchError } from "../../document/patches/patch_error.ts";
import { typedEvents } from "../../document/patches/typed_events.ts";
import { PROTOCOL_ERRORS, ProtocolError } from "../../protocol/error.ts";
import type { Message, MessageContent, MessageOf, MessageType, WireBuffer } from "../../protocol/message.ts";
import { CLIENT_MESSAGE_TYPES, type ClientMessageType } from "../../protocol/message_types.ts";
import { randomText } from "../credentials/session_id.ts";
import { CallbackError } from "../transactions/callback_error.ts";
import type { Session } from "../session.ts";
import type { PatchEvent } from "../../protocol/patch.ts";
import type { Subscriber } from "../sync/subscriber.ts";
import { whenDone } from "../transactions/when_done.ts";

/** A message that a client may send. */
type ClientMessage = { [T in ClientMessageType]: MessageOf<T> }[ClientMessageType];

/** A client that sends messages. The interface breaks the import circle with `connection.ts`. */
export interface Sender extends Subscriber {
  /** The session that the client is connected to. */
  readonly session: Session;
  /** Whether the client may only read. */
  readonly readOnly: boolean;
  /** Whether the connection is open. */
  readonly isOpen: boolean;
  /**
   * Resolves when the client has received what waits for it, or was disconnected; undefined if
   * nothing waits.
   */
  readonly caughtUp: Promise<void> | undefined;
  /** Replies to a message, with a content or its JSON text. */
  reply<T extends MessageType>(
    request: Message,
    type: T,
    content: MessageContent[T] | string,
    buffers?: WireBuffer[],
  ): void;
}

/** Handles a message. Returns a promise if it has to wait. An error is answered with ERROR. */
type Handler<T extends ClientMessageType> = (
  sender: Sender,
  message: MessageOf<T>,
  bytes: number,
) => void | Promise<void>;

const HANDLERS: { [T in ClientMessageType]: Handler<T> } = {
  "PATCH-DOC": patchDocument,
  "PULL-DOC-REQ": sendDocument,
  "PUSH-DOC": pushDocument,
  "SERVER-INFO-REQ": sendServerInfo,
};

const FOR_SERVER: ReadonlySet<string> = new Set(CLIENT_MESSAGE_TYPES);

/** Returns whether clients may send messages of this type. */
export function isForServer(message: Message): message is ClientMessage {
  return FOR_SERVER.has(message.type);
}

/**
 * Handles a message. Returns a promise if it has to wait.
 *
 * @param bytes Length of the message.
 */
export function dispatch<T extends ClientMessageType>(
  sender: Sender,
  message: MessageOf<T>,
  bytes: number,
): void | Promise<void> {
  return HANDLERS[message.type](sender, message, bytes);
}

/**
 * Returns the text of an error that is safe to send to a client. Reports the error itself as a
 * refused patch, as an error of the application, or as an internal error.
 */
export function publicError(sender: Sender, error: unknown): string {
  if (error instanceof PatchError) {
    sender.session.sync.warn(`Refused a patch by a client: ${error.publicText}`);
    sender.session.observer({ type: "patchRefused", reason: error.publicText });
    return error.publicText;
  }
  if (error instanceof ProtocolError) return error.answer.publicText;
  if (error instanceof CallbackError) {
    const reference = randomText().slice(0, 8);
    sender.session.reportError(error, reference);
    return `${PROTOCOL_ERRORS.callback_failed.publicText} (reference ${reference})`;
  }
  sender.session.reportInternalError(error);
  return PROTOCOL_ERRORS.internal.publicText;
}

function patchDocument(sender: Sender, message: MessageOf<"PATCH-DOC">, bytes: number): void | Promise<void> {
  const { session } = sender;
  const events = typedEvents(message.content.events);
  const isRestricted = sender.readOnly || session.acceptPatch !== undefined;
  // Pages of read-only clients send changes that the page itself makes, such as its size. These are
  // ignored.
  if (sender.readOnly && withoutKnownRoots(events, session.document).every(isAutomatic)) {
    return sender.reply(message, "OK", {});
  }
  const answer = events.length === 1 ? answerIn(events[0]!) : undefined;
  if (answer !== undefined) {
    session.work.run(bytes, () => session.sync.receiveAnswer(answer, sender));
    return sender.reply(message, "OK", {});
  }
  const apply = () => {
    // Checked while the lock is held: another transaction may have changed the document since the
    // message arrived.
    const requested = events.some(isPageMessage) ? changesOfPage(sender, events, bytes) : NO_EVENTS;
    if (isRestricted) checkChanges(sender, [...events, ...requested]);
    try {
      // The page does not know these changes yet, so that they have another source.
      if (requested.length > 0) session.work.run(bytes, () => session.sync.applyPatch(requested, undefined, {}));
      session.work.run(bytes, () => session.sync.applyPatch(events, message.buffers, sender));
    } catch (error) {
      if (error instanceof PatchError) session.broadcast.scheduleCorrection(sender, events);
      throw error;
    }
    session.broadcast.noteClientChanges(sender, events);
  };
  const done = session.trace("bokeh patch", { "bokeh.events": events.length }, () =>
    session.transactNow({
      changeSource: sender,
      name: () => describePatch(session, events),
    }, apply));
  return whenDone(
    done,
    () => {
      session.forwardMessages(sender, events, message.buffers);
      session.observer({ type: "patchApplied", events: events.length });
      sender.reply(message, "OK", {});
    },
  );
}

const NO_EVENTS: readonly PatchEvent[] = [];

/** Returns the changes that the messages of a page request, for example because its URL has changed. */
function changesOfPage(sender: Sender, events: readonly PatchEvent[], bytes: number): readonly PatchEvent[] {
  const { session } = sender;
  const requested: PatchEvent[] = [];
  session.work.run(bytes, () => requested.push(...session.sync.changesOfPage(events, sender)));
  return requested;
}

/**
 * Checks that a client may make all changes of a patch.
 *
 * @throws {ProtocolError} `change_refused`
 */
function checkChanges(sender: Sender, events: readonly PatchEvent[]): void {
  const refused = withoutKnownRoots(events, sender.session.document)
    .find((event) => !(isPageMessage(event) && !sender.readOnly) && !mayChange(sender, event));
  if (refused !== undefined) throw refuseChange(sender, events, refused);
}

function mayChange({ session, readOnly }: Sender, change: ClientChange): boolean {
  try {
    // Fails closed: only `true` allows, whatever a policy in JavaScript returns.
    return !readOnly && (session.acceptPatch === undefined || session.acceptPatch(change, session) === true);
  } catch (error) {
    throw new CallbackError(error); // the policy is code of the application
  }
}

/**
 * Reports a refused change, and sends the client the current values, because its own document has
 * changed already. Returns the error to throw.
 */
function refuseChange(sender: Sender, events: readonly PatchEvent[], first: ClientChange): ProtocolError {
  const { session } = sender;
  const what = first.kind === "DocumentPushed" ? "a new document" : describePatch(session, [first]);
  session.sync.warn(`Refused a change by a client: ${what}`);
  session.observer({ type: "patchRefused", reason: PROTOCOL_ERRORS.change_refused.publicText });
  session.broadcast.sendCorrection(sender, events);
  return new ProtocolError("Cannot apply patch: it is not allowed", "change_refused");
}

/**
 * Describes a patch for the log. Contains no values, and only the beginning of each name: both come
 * from a client.
 */
function describePatch({ document }: Session, events: readonly PatchEvent[]): string {
  const names = events.slice(0, 3).map((event) => {
    if (event.kind === "MessageSent") return `message ${shortName(event.msg_type)}`;
    if (!("attr" in event)) return event.kind;
    return `${document.get_model_by_id(event.model.id)?.type ?? "model"}.${shortName(event.attr)}`;
  });
  return `A patch of ${names.join(", ")}${events.length > 3 ? ", …" : ""}, with its callbacks,`;
}

const MAX_NAME_LENGTH = 60;

function shortName(name: unknown): string {
  const text = typeof name === "string" ? name : typeof name;
  return text.length > MAX_NAME_LENGTH ? `${text.slice(0, MAX_NAME_LENGTH)}…` : text;
}

/**
 * Sends the document. A client receives one document at a time, and a long document is encoded at a
 * limited rate.
 */
function sendDocument(sender: Sender, message: MessageOf<"PULL-DOC-REQ">): void | Promise<void> {
  const { session } = sender;
  const turn = turnOf(sender);
  if (turn !== undefined) return sendDocumentAfter(turn, sender, message);
  let later: Promise<void> | undefined;
  const done = session.transactNow({}, () => {
    // Checked again while the lock is held: other clients may have been sent documents while this
    // one waited for it.
    later = turnOf(sender);
    if (later === undefined) sendDocumentNow(sender, message);
  });
  const again = () => later && sendDocumentAfter(later, sender, message);
  return done instanceof Promise ? done.then(again) : again();
}

/**
 * Returns a promise that resolves when a client may be sent the document; undefined if it may be
 * sent now.
 */
function turnOf({ caughtUp, session }: Sender): Promise<void> | undefined {
  return caughtUp ?? session.snapshots.turn();
}

async function sendDocumentAfter(turn: Promise<void>, sender: Sender, message: MessageOf<"PULL-DOC-REQ">) {
  await turn;
  if (sender.isOpen) await sendDocument(sender, message);
}

function sendDocumentNow(sender: Sender, message: MessageOf<"PULL-DOC-REQ">): void {
  const { session } = sender;
  const snapshot = session.snapshots.take();
  sender.reply(message, "PULL-DOC-REPLY", snapshot.content, snapshot.buffers);
  session.snapshots.noteSent(snapshot, () => sender.caughtUp);
  session.broadcast.noteSnapshot(sender, snapshot.mark);
  // The client may have gone while another transaction held the lock, and the reply closes slow clients.
  if (sender.isOpen) session.sync.clientOpened(sender, !sender.readOnly);
}

function pushDocument(sender: Sender, message: MessageOf<"PUSH-DOC">, bytes: number): void | Promise<void> {
  const { sync, work } = sender.session;
  const apply = () => {
    if (!mayChange(sender, { kind: "DocumentPushed" })) throw refuseChange(sender, [], { kind: "DocumentPushed" });
    work.run(bytes, () => sync.replaceWith(message.content.doc, message.buffers, sender));
    // Its ids can be those of models before it, which the journal's events would then mean.
    sender.session.journal?.replaced();
  };
  return whenDone(
    sender.session.transactNow({ changeSource: sender }, apply),
    () => {
      sender.session.addDocumentOwner(sender);
      sender.reply(message, "OK", {});
    },
  );
}

function sendServerInfo(sender: Sender, message: MessageOf<"SERVER-INFO-REQ">): void {
  const version = sender.session.sync.bokehVersion;
  sender.reply(message, "SERVER-INFO-REPLY", { version_info: { bokeh: version, server: version } });
}
