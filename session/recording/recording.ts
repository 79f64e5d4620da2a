/**
 * Recordings of the messages of sessions, from which a test can repeat them.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { errorMessage } from "../../common/error_message.ts";
import { type LineContent, type RecordedLine, recordingHeader } from "./recording_format.ts";
import { SessionRecorder } from "./session_recorder.ts";

const logger = getLogger(["bokeh", "recording"]);

/** Limits and contents of a recording. */
export interface RecordingOptions {
  /**
   * Names of the request arguments whose values are recorded. Of others, only the names are recorded,
   * because values can be secrets.
   *
   * @default {[]}
   */
  arguments?: readonly string[] | undefined;
  /**
   * Maximum size of the file, in bytes. At this size the recording ends.
   *
   * @default {100 * 1024 * 1024}
   */
  maxBytes?: number | undefined;
  /**
   * Maximum size of the recording of one session, in bytes. At this size its recording ends.
   *
   * @default {10 * 1024 * 1024}
   */
  maxSessionBytes?: number | undefined;
}

/** The file of a recording, alone or with options. */
export type RecordOption =
  | string
  | URL
  | (RecordingOptions & {
    /** The file. An existing recording is continued. The file is locked while it is written. */
    readonly file: string | URL;
  });

const DEFAULT_MAX_BYTES = 100 * 1024 * 1024, DEFAULT_MAX_SESSION_BYTES = 10 * 1024 * 1024;
/** Bytes that a session's last line takes at most. */
const LAST_LINE_BYTES = 400;

/** Receives the lines of a recording. */
export interface RecordingSink {
  /** Bytes that it has received already. */
  readonly size: number;
  /** Writes a line, which ends with a newline character. */
  write(line: string): void;
  /** Closes the sink. */
  [Symbol.dispose]?(): void;
}

/**
 * Records the sessions of a server. Each line is written at once, so that a crash loses none that was
 * complete.
 */
export class Recording implements Disposable {
  readonly #sink: RecordingSink;
  readonly #arguments: ReadonlySet<string>;
  readonly #maxBytes: number;
  readonly #maxSessionBytes: number;
  #bytes: number;
  #isEnded = false;
  #start: number | undefined;

  /**
   * Starts a recording.
   *
   * @throws The error of the sink.
   */
  constructor(sink: RecordingSink, options: RecordingOptions = {}) {
    this.#sink = sink;
    this.#arguments = new Set(options.arguments);
    this.#maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
    this.#maxSessionBytes = options.maxSessionBytes ?? DEFAULT_MAX_SESSION_BYTES;
    this.#bytes = sink.size;
    this.#append(`${JSON.stringify(recordingHeader())}\n`);
  }

  /** Ends the recording, and closes its sink. Must be called once. */
  [Symbol.dispose](): void {
    this.#isEnded = true;
    this.#sink[Symbol.dispose]?.();
  }

  /** Returns the recorder of a new session. */
  session(application: string): SessionRecorder {
    const session = crypto.randomUUID().slice(0, 8);
    let left = this.#maxSessionBytes;
    return new SessionRecorder({
      application,
      recordedArguments: this.#arguments,
      bytesLeft: () => Math.min(left, this.#maxBytes - this.#bytes),
      write: (content, now) => {
        if (this.#isEnded) return 0;
        const time = Math.round((now - (this.#start ??= now)) * 1000) / 1000;
        const line = lineOf({ session, time, ...content });
        left -= line.length;
        if (left < LAST_LINE_BYTES) {
          const reason = `The recording of the session has ${this.#maxSessionBytes} bytes`;
          logger.warn("Stopped recording a session: its recording has the maximum size");
          this.#write(lineOf({ session, time, kind: "stopped", reason }));
          return 0;
        }
        return this.#write(line) ? line.length : 0;
      },
    });
  }

  #write(line: string): boolean {
    if (this.#bytes + line.length > this.#maxBytes) {
      this.#isEnded = true;
      logger.warn("Stopped recording: the file has its maximum size of {bytes} bytes", { bytes: this.#maxBytes });
      return false;
    }
    try {
      this.#append(line);
      return true;
    } catch (error) {
      this.#isEnded = true;
      logger.error("Stopped recording: {error}", { error: errorMessage(error) });
      return false;
    }
  }

  #append(line: string): void {
    this.#sink.write(line);
    this.#bytes += line.length;
  }
}

function lineOf(line: LineContent & Pick<RecordedLine, "session" | "time">): string {
  return `${JSON.stringify(line).replace(/[\u0080-\uffff]/g, escaped)}\n`;
}

/** Returns a character as ASCII, so that the length of a line is its size in bytes. */
function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
