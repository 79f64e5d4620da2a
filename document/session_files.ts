/**
 * Files that a session's visitor sends and gets by HTTP, which may be larger than a message of a websocket.
 *
 * @module
 */

/** A file that a visitor sends. Its content is read once. */
export interface UploadedFile {
  /** What the visitor calls it: `name` of the URL's query. Never a path to write to. */
  readonly name: string;
  /** Media type that the visitor says it has. */
  readonly type: string;
  /** The content as it arrives. It fails where it is longer than it may be. */
  readonly stream: ReadableStream<Uint8Array<ArrayBuffer>>;
  /**
   * Writes the content to a file, in place of what the file contains, and resolves with its length in bytes once all of it is on disk.
   *
   * @throws {Error} If not everything could be written, for example because the disk is full, or if the content is longer than
   * `maxBytes`. Then there is no file.
   */
  saveTo(path: string): Promise<number>;
}

/** Options of {@linkcode SessionFiles.acceptUploads}. */
export interface UploadOptions {
  /**
   * Most bytes of a file; longer ones are answered with 413.
   *
   * @default {104_857_600}
   */
  maxBytes?: number;
}

/** A file that a visitor gets. */
export interface DownloadedFile {
  /** What the visitor's browser saves it as. */
  readonly name: string;
  /** Media type. @default {"application/octet-stream"} */
  readonly type?: string;
  /** The content. */
  readonly content: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>> | Blob;
}

/** Where a session's visitor sends files to and gets them from. Its URLs cannot be guessed, and end with the session. */
export interface SessionFiles {
  /**
   * Answers with the path of a URL that takes files by POST, the content as the body and the name in the query's `name`. The function runs without the
   * document's lock: it changes the document by `withLockedDocument`. What it returns is answered as JSON.
   */
  acceptUploads(receive: (file: UploadedFile) => unknown, options?: UploadOptions): string;
  /** Answers with the path of a URL that gives a file, made anew for each GET. */
  offerDownload(make: () => DownloadedFile | Promise<DownloadedFile>): string;
}
