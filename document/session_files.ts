/**
 * Files that the user of a session uploads and downloads over HTTP. They may be larger than a
 * websocket message.
 *
 * @module
 */

/** A file that a user uploads. Its content can be read once. */
export interface UploadedFile {
  /** The name that the client chose: `name` in the query of the URL. Do not use it as a path. */
  readonly name: string;
  /** The media type that the client declares. */
  readonly type: string;
  /**
   * The content as it arrives. The stream fails if it exceeds {@linkcode UploadOptions.maxBytes}.
   */
  readonly stream: ReadableStream<Uint8Array<ArrayBuffer>>;
  /**
   * Writes the content to a file, replacing an existing file.
   *
   * @param path Path of the file.
   * @returns The length of the content in bytes, when all of it is on disk.
   * @throws {Error} If not everything could be written, for example because the disk is full, or if
   * the content exceeds `maxBytes`. No file is left then.
   */
  saveTo(path: string): Promise<number>;
}

/** Options of {@linkcode SessionFiles.acceptUploads}. */
export interface UploadOptions {
  /**
   * Maximum size of a file in bytes. Larger uploads are answered with 413.
   *
   * @default {104_857_600}
   */
  maxBytes?: number;
}

/** A file that a user downloads. */
export interface DownloadedFile {
  /** The name under which the browser saves the file. */
  readonly name: string;
  /** The media type. @default {"application/octet-stream"} */
  readonly type?: string;
  /** The content. */
  readonly content: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>> | Blob;
}

/**
 * Upload and download URLs of a session. They contain a secret, and are valid until the session is
 * destroyed.
 */
export interface SessionFiles {
  /**
   * Creates a URL to which a page uploads files.
   *
   * A page sends the content as the body of a POST, with the file name in the query as `name`.
   *
   * @param receive Receives each file. It runs without the document's lock, so that it must change
   * the document within `withLockedDocument`. Its result is sent to the page as JSON.
   * @returns The path of the URL.
   */
  acceptUploads(receive: (file: UploadedFile) => unknown, options?: UploadOptions): string;
  /**
   * Creates a URL from which a page downloads a file.
   *
   * @param make Creates the file, for each GET.
   * @returns The path of the URL.
   */
  offerDownload(make: () => DownloadedFile | Promise<DownloadedFile>): string;
}
