/** What a server said, byte for byte, for a bare server to say again. */

import type { Fragment } from "../client/frames.ts";

/** An answer to a request of HTTP. */
export interface RecordedAnswer {
  status: number;
  headers: [name: string, value: string][];
  body: Uint8Array<ArrayBuffer>;
}

/** One side of a websocket conversation with an application: fragments of messages. */
export interface RecordedSocket {
  ack: Fragment[];
  pull: Fragment[];
  /** The patches of a callback and the answer to the patch that set it off. */
  patch: Fragment[];
  /** A message of a stream; empty where the application streams nothing. */
  stream: Fragment[];
}

/** A server's answers: those of HTTP by path and way of asking, the sockets by the application's path. */
export interface Recording {
  answers: Map<string, RecordedAnswer>;
  sockets: Map<string, RecordedSocket>;
}

/** The name of an answer: the same address is answered otherwise to who takes compressed bytes, or has them already. */
export function answerKey(path: string, headers: { compressed: boolean; revalidate: boolean }): string {
  return headers.revalidate ? `${path} unchanged` : headers.compressed ? `${path} compressed` : path;
}

/** A recording as text. */
export function stringifyRecording(recording: Recording): string {
  return JSON.stringify(
    { answers: [...recording.answers], sockets: [...recording.sockets] },
    (_key, value) => value instanceof Uint8Array ? { base64: value.toBase64() } : value,
  );
}

/** The recording that a text holds. */
export function parseRecording(text: string): Recording {
  const { answers, sockets } = JSON.parse(
    text,
    (_key, value) => typeof value?.base64 === "string" ? Uint8Array.fromBase64(value.base64) : value,
  );
  return { answers: new Map(answers), sockets: new Map(sockets) };
}
