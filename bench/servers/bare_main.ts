/**
 * A bare Deno server that sends recorded answers. Its figures are the upper limit for a server on this runtime: it parses no
 * message, and converts the fragments once, so that sending one takes a single call.
 */

import { setImmediate } from "node:timers/promises";
import type { Fragment } from "../client/frames.ts";
import { answerKey, parseRecording, type RecordedSocket } from "./recording.ts";

/** Payloads of the frames of a message, in the form that `WebSocket.send` takes without a conversion. */
type Payloads = readonly (string | ArrayBuffer)[];

/** The messages of {@linkcode RecordedSocket} as payloads. */
type Answers = Readonly<Record<keyof RecordedSocket, Payloads>>;

/** Unsent bytes at which the stream to a websocket pauses. */
const MAX_WAITING = 1 << 20;

const [port, file] = Deno.args;
const recording = parseRecording(await Deno.readTextFile(file!));
const answersByPath = new Map([...recording.sockets].map(([path, recorded]) => [`${path}/ws`, answersOf(recorded)]));
/** The websockets that receive a stream, by application and session. */
const streams = new Map<string, Set<WebSocket>>();

Deno.serve({ port: Number(port), hostname: "0.0.0.0", onListen() {} }, (request) => {
  const { pathname, search } = new URL(request.url);
  if (request.headers.get("upgrade") === "websocket") {
    const { socket, response } = Deno.upgradeWebSocket(request, { protocol: "bokeh" });
    socket.binaryType = "arraybuffer";
    repeat(socket, answersByPath.get(pathname)!, pathname + search);
    return response;
  }
  const key = answerKey(pathname, {
    compressed: request.headers.has("accept-encoding"),
    revalidate: request.headers.has("if-none-match"),
  });
  const answer = recording.answers.get(key);
  if (answer === undefined) return new Response(`There is no recorded answer for ${key}`, { status: 404 });
  const { status, headers, body } = answer;
  return new Response(status === 304 ? null : body, { status, headers });
});

function answersOf({ ack, pull, patch, stream }: RecordedSocket): Answers {
  return { ack: payloads(ack), pull: payloads(pull), patch: payloads(patch), stream: payloads(stream) };
}

function payloads(message: readonly Fragment[]): Payloads {
  return message.map((fragment) => typeof fragment === "string" ? fragment : Uint8Array.from(fragment).buffer);
}

/** Answers the requests on a websocket from the recording. A request has three frames, of which the first contains its type. */
function repeat(socket: WebSocket, recorded: Answers, session: string): void {
  let frames = 0;
  let pulls = false;
  socket.onopen = () => send(socket, recorded.ack);
  socket.onmessage = ({ data }: MessageEvent<string>) => {
    if (frames === 0) pulls = data.includes("PULL-DOC-REQ");
    if (++frames < 3) return;
    frames = 0;
    send(socket, pulls ? recorded.pull : recorded.patch);
    if (!pulls && recorded.stream.length > 0) join(session, socket, recorded.stream);
  };
}

/** Adds a websocket to the stream of its session. The first one starts the stream. */
function join(session: string, socket: WebSocket, message: Payloads): void {
  const sockets = streams.get(session);
  if (sockets !== undefined) return void sockets.add(socket);
  streams.set(session, new Set([socket]));
  void stream(streams.get(session)!, message);
}

/** Sends a message to all websockets once per turn of the event loop. */
async function stream(sockets: ReadonlySet<WebSocket>, message: Payloads): Promise<void> {
  for (;;) {
    for (const socket of sockets) if (socket.bufferedAmount < MAX_WAITING) send(socket, message);
    await setImmediate();
  }
}

function send(socket: WebSocket, message: Payloads): void {
  if (socket.readyState !== WebSocket.OPEN) return;
  for (const fragment of message) socket.send(fragment);
}
