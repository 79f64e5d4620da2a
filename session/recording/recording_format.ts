/**
 * The file format of recordings: one JSON object a line, which `docs/recording.md` describes.
 *
 * @module
 */

import { isRecord } from "../../common/is_record.ts";

/** Version of the format. Files of other versions are refused. */
export const RECORDING_VERSION = 1;

/**
 * A change of the document: what has changed, such as `Slider(p1001).value`, and the new value. Long
 * values are replaced by a {@linkcode ValueDigest}.
 */
export type RecordedChange = readonly [what: string, value: unknown];

/** Stands for a long value. */
export interface ValueDigest {
  /** The beginning of the value as JSON. */
  readonly start: string;
  /** Length of the value as JSON, in characters. */
  readonly length: number;
  /** SHA-256 of the value as JSON, shortened. */
  readonly digest: string;
}

/** The first line of a recording, and of each part that a restarted server has appended. */
interface RecordingHeader {
  readonly kind: "recording";
  readonly version: number;
  /** The date and time, in ISO 8601. */
  readonly date: string;
}

/** The beginning of a session: its document as the application has filled it. */
export interface SessionLine {
  readonly kind: "session";
  /** Path of the application. */
  readonly application: string;
  /** Arguments of the request whose values are in the file. */
  readonly arguments: Readonly<Record<string, readonly string[]>>;
  /** Names of the arguments whose values are not in the file. */
  readonly omitted: readonly string[];
  /** Whether the session was resumed from a session store, so that it cannot be replayed. */
  readonly resumed: boolean;
  readonly document: readonly RecordedChange[];
}

/** A message of a client, when the server begins to handle it. */
export interface MessageLine {
  readonly kind: "message";
  readonly client: number;
  /** Number of the message in the session. */
  readonly number: number;
  /** Number of timeouts and periodic callbacks that have run in the session before it. */
  readonly timers: number;
  readonly type: string;
  readonly content: unknown;
  /** Binary data in base64, by id. */
  readonly buffers?: readonly (readonly [id: string, base64: string])[];
}

/** The result of the handling of a message. */
export interface ResultLine {
  readonly kind: "result";
  readonly number: number;
  /** `OK`, or the error. */
  readonly outcome: string;
  /** The changes of the document since the last result. */
  readonly changes: readonly RecordedChange[];
}

/** Content of a line of a session. */
export type LineContent =
  | SessionLine
  | { readonly kind: "open"; readonly client: number; readonly readOnly: boolean }
  | MessageLine
  | ResultLine
  | { readonly kind: "close"; readonly client: number }
  | { readonly kind: "end"; readonly timers: number; readonly changes: readonly RecordedChange[] }
  | { readonly kind: "stopped"; readonly reason: string };

/** A line of a session. */
export type RecordedLine = LineContent & {
  /** Identifies the session in the file. It is not the session's id, which is a secret. */
  readonly session: string;
  /** Time since the first line with a session, in milliseconds. */
  readonly time: number;
};

/** Returns the first line of a recording. */
export function recordingHeader(): RecordingHeader {
  return { kind: "recording", version: RECORDING_VERSION, date: new Date().toISOString() };
}

/**
 * Returns the lines of a recording, in one list for each header: each is a run of a server. Ignores an
 * incomplete last line, which a crash can leave.
 *
 * @throws {SyntaxError} If the text is not a recording, or has another version of the format.
 */
export function parseRecording(text: string): RecordedLine[][] {
  const texts = text.split("\n");
  texts.pop(); // empty, or the beginning of a line that was not written completely
  const runs: RecordedLine[][] = [];
  for (const [index, line] of texts.entries()) {
    const value = parseLine(line, index + 1);
    if (value.kind === "recording") {
      if (value.version !== RECORDING_VERSION) {
        throw new SyntaxError(
          `Cannot read the recording: its format has version ${value.version}, and this is version ${RECORDING_VERSION}. Record it again`,
        );
      }
      runs.push([]);
    } else {
      const run = runs.at(-1);
      if (run === undefined) {
        throw new SyntaxError("Cannot read the recording: its first line is not that of a recording");
      }
      run.push(value as unknown as RecordedLine); // written by a server of the same version
    }
  }
  if (runs.length === 0) throw new SyntaxError("Cannot read the recording: it is empty");
  return runs;
}

function parseLine(line: string, number: number): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    if (isRecord(value) && typeof value.kind === "string") return value;
  } catch (error) {
    throw new SyntaxError(`Cannot read the recording: line ${number} is not JSON`, { cause: error });
  }
  throw new SyntaxError(`Cannot read the recording: line ${number} has no kind`);
}
