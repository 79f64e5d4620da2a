import { getLogger } from "@logtape/logtape";
import { type ClientChange, isNoise } from "../document/patch_policy.ts";
import { PatchError } from "../document/patch_error.ts";
import { PROTOCOL_ERRORS, ProtocolError } from "../protocol/error.ts";
import type { Message, MessageOf } from "../protocol/message.ts";
import { CLIENT_MESSAGE_TYPES, type ClientMessageType } from "../protocol/message_types.ts";
import { BOKEH_VERSION } from "../protocol/version.ts";
import { pullDocument, pullTurn } from "./latest_pull.ts";
import type { Session } from "./session.ts";
import type { PatchEvent } from "../protocol/patch.ts";
import { whenDone } from "./when_done.ts";
import type { Connection } from "./connection.ts";

const log = getLogger(["bokeh", "session"]);

/** A message that a client may send. */
export type ClientMessage = { [T in ClientMessageType]: MessageOf<T> }[ClientMessageType];

/** Handles a message: at once, or with a promise where something has to be waited for. A throw is answered with ERROR. */
type Handler<T extends ClientMessageType> = (connection: Connection, message: MessageOf<T>) => void | Promise<void>;

const HANDLERS: { [T in ClientMessageType]: Handler<T> } = {
  "PATCH-DOC": patchDocument,
  "PULL-DOC-REQ": sendDocument,
  "PUSH-DOC": pushDocument,
  "SERVER-INFO-REQ": tellServerInfo,
};

const FOR_SERVER: ReadonlySet<string> = new Set(CLIENT_MESSAGE_TYPES);

/** Whether a message is one for servers. */
export function isForServer(message: Message): message is ClientMessage {
  return FOR_SERVER.has(message.type);
}

/** Hands a message to what handles its type. */
export function dispatch<T extends ClientMessageType>(
  connection: Connection,
  message: MessageOf<T>,
): void | Promise<void> {
  return HANDLERS[message.type](connection, message);
}

/** What a client may read of an error; the rest is logged. */
export function publicError(connection: Connection, error: unknown): string {
  if (error instanceof PatchError) {
    connection.session.document.warn(`Refused a patch by a client: ${error.publicText}`);
    connection.session.observer({ type: "patchRefused", reason: error.publicText });
    return error.publicText;
  }
  if (error instanceof ProtocolError) return error.answer.publicText;
  connection.session.reportError(error);
  return PROTOCOL_ERRORS.callback_failed.publicText;
}

function patchDocument(connection: Connection, message: MessageOf<"PATCH-DOC">): void | Promise<void> {
  const { session } = connection;
  const { events } = message.content;
  // a watcher's page sends what it sees itself as every page does
  if (connection.readOnly && events.every(isNoise)) return connection.reply(message, "OK", {});
  const refused = events.filter((event) => !mayChange(connection, event));
  if (refused.length > 0) throw refusal(connection, events, refused[0]!);
  const apply = () => {
    session.document.applyPatch(events, message.buffers, connection);
    session.broadcast.clientChanged(connection, events);
  };
  return whenDone(
    session.trace(
      "bokeh patch",
      { "bokeh.events": events.length },
      () => session.transactNow({ origin: connection, name: () => describePatch(session, events) }, apply),
    ),
    () => {
      connection.session.observer({ type: "patchApplied", events: events.length });
      connection.reply(message, "OK", {});
    },
  );
}

function mayChange({ session, readOnly }: Connection, change: ClientChange): boolean {
  return !readOnly && (session.acceptPatch?.(change, session) ?? true);
}

// the client has made its change already: it is told what holds instead
function refusal(connection: Connection, events: readonly PatchEvent[], first: ClientChange): ProtocolError {
  const { session } = connection;
  const what = first.kind === "DocumentPushed" ? "a new document" : describePatch(session, [first]);
  log.warn("Refused a change by a client: {what}", { what });
  session.observer({ type: "patchRefused", reason: PROTOCOL_ERRORS.change_refused.publicText });
  session.broadcast.correct(connection, events);
  return new ProtocolError("Cannot apply patch: it is not allowed", "change_refused");
}

// names what a client may have set off a slow callback with; never a value
function describePatch({ document }: Session, events: readonly PatchEvent[]): string {
  const names = events.slice(0, 3).map((event) => {
    if (event.kind === "MessageSent") return `message ${event.msg_type}`;
    if (!("attr" in event)) return event.kind;
    return `${document.get_model_by_id(event.model.id)?.type ?? "model"}.${event.attr}`;
  });
  return `A patch of ${names.join(", ")}${events.length > 3 ? ", …" : ""}, with its callbacks,`;
}

function sendDocument(connection: Connection, message: MessageOf<"PULL-DOC-REQ">): void | Promise<void> {
  const wait = connection.caughtUp ?? pullTurn(connection.session);
  return wait === undefined ? sendDocumentNow(connection, message) : sendDocumentLater(connection, message);
}

// each client gets one at a time, and what takes long to write is not written again and again
async function sendDocumentLater(connection: Connection, message: MessageOf<"PULL-DOC-REQ">): Promise<void> {
  await connection.caughtUp;
  for (let turn; (turn = pullTurn(connection.session)) !== undefined;) await turn;
  if (connection.isOpen) await sendDocumentNow(connection, message);
}

function sendDocumentNow(connection: Connection, message: MessageOf<"PULL-DOC-REQ">): void | Promise<void> {
  const { session } = connection;
  return session.transactNow({}, () => {
    const { content, buffers } = pullDocument(session);
    connection.reply(message, "PULL-DOC-REPLY", content, buffers);
  });
}

function pushDocument(connection: Connection, message: MessageOf<"PUSH-DOC">): void | Promise<void> {
  const { document } = connection.session;
  if (!mayChange(connection, { kind: "DocumentPushed" })) throw refusal(connection, [], { kind: "DocumentPushed" });
  return whenDone(
    connection.session.transactNow(
      { origin: connection },
      () => document.replaceWith(message.content.doc, message.buffers, connection),
    ),
    () => connection.reply(message, "OK", {}),
  );
}

function tellServerInfo(connection: Connection, message: MessageOf<"SERVER-INFO-REQ">): void {
  connection.reply(message, "SERVER-INFO-REPLY", { version_info: { bokeh: BOKEH_VERSION, server: BOKEH_VERSION } });
}
