/** Recorded answers of a server, which the bare server sends. */

import type { Fragment } from "../client/frames.ts";

/** A recorded HTTP response. */
export interface RecordedAnswer {
  status: number;
  headers: [name: string, value: string][];
  body: Uint8Array<ArrayBuffer>;
}

/** The recorded messages of a websocket, as lists of fragments. */
export interface RecordedSocket {
  ack: Fragment[];
  pull: Fragment[];
  /** The patches of a callback, followed by the reply to the patch that triggered it. */
  patch: Fragment[];
  /** A message of a stream. Empty if the application does not stream. */
  stream: Fragment[];
}

/** Recorded HTTP responses by {@linkcode answerKey}, and websockets by the path of the application. */
export interface Recording {
  answers: Map<string, RecordedAnswer>;
  sockets: Map<string, RecordedSocket>;
}

/** Returns the key of a response. The response depends on `Accept-Encoding` and `If-None-Match`. */
export function answerKey(path: string, headers: { compressed: boolean; revalidate: boolean }): string {
  return headers.revalidate ? `${path} unchanged` : headers.compressed ? `${path} compressed` : path;
}

/** Serializes a recording. */
export function stringifyRecording(recording: Recording): string {
  return JSON.stringify(
    { answers: [...recording.answers], sockets: [...recording.sockets] },
    (_key, value) => value instanceof Uint8Array ? { base64: value.toBase64() } : value,
  );
}

/** Parses a serialized recording. */
export function parseRecording(text: string): Recording {
  const { answers, sockets } = JSON.parse(
    text,
    (_key, value) => typeof value?.base64 === "string" ? Uint8Array.fromBase64(value.base64) : value,
  );
  return { answers: new Map(answers), sockets: new Map(sockets) };
}
