import { IdMap } from "../protocol/hash_flooding.ts";
import type { DownloadedFile, SessionFiles, UploadedFile, UploadOptions } from "../document/session_files.ts";

/** Replaces the ids of upload URLs in what read-only clients receive. */
const NO_ID = "00000000-0000-0000-0000-000000000000";
/** Default maximum size of an upload. */
const MAX_BYTES = 100 * 1024 * 1024;

/** The upload or download at one URL of a session. */
export type FileEntry = { readonly sessionId: string } & FileAction;

type FileAction =
  | { readonly kind: "upload"; readonly maxBytes: number; receive(file: UploadedFile): Promise<unknown> }
  | { readonly kind: "download"; make(): Promise<DownloadedFile> };

/** The upload and download URLs of all sessions of an application. */
export class FileTable {
  readonly #entries = new Map<string, FileEntry>();
  readonly #ids = new IdMap<string[]>();

  /** Returns the upload or download whose URL has an id, or undefined. */
  get(id: string): FileEntry | undefined {
    return this.#entries.get(id);
  }

  /**
   * Returns an object with which the application of a session creates URLs.
   *
   * @param run Calls the application's functions for uploads and downloads, with the session's
   * document as current.
   * @param base Path before the ids, with a slash at its end. @default {"files/"}
   */
  filesOf(sessionId: string, run: <T>(fn: () => T) => T, base = "files/"): SessionFiles {
    const add = (entry: FileAction) => base + this.#add(sessionId, entry);
    return {
      acceptUploads: (receive, { maxBytes = MAX_BYTES }: UploadOptions = {}) =>
        add({ kind: "upload", maxBytes, receive: async (file) => await run(() => receive(file)) }),
      offerDownload: (make) => add({ kind: "download", make: async () => await run(make) }),
    };
  }

  /** Returns the ids of the upload URLs of a session. */
  uploadsOf(sessionId: string): string[] {
    return (this.#ids.get(sessionId) ?? []).filter((id) => this.#entries.get(id)?.kind === "upload");
  }

  /** Removes the URLs of a session. */
  removeOf(sessionId: string): void {
    for (const id of this.#ids.get(sessionId) ?? []) this.#entries.delete(id);
    this.#ids.delete(sessionId);
  }

  #add(sessionId: string, action: FileAction): string {
    const id = crypto.randomUUID();
    this.#entries.set(id, { ...action, sessionId });
    this.#ids.set(sessionId, [...this.#ids.get(sessionId) ?? [], id]);
    return id;
  }
}

/**
 * Returns a text without the ids of a session's upload URLs. The document contains these ids, and
 * an id suffices to send files, which read-only clients may not do.
 */
export function withoutUploads(text: string, uploadIds: readonly string[]): string {
  return uploadIds.reduce((result, id) => result.replaceAll(id, NO_ID), text);
}

/** Returns the files of a session without a server: no one serves its URLs. */
export function noFiles(sessionId: string, run: <T>(fn: () => T) => T): SessionFiles {
  return new FileTable().filesOf(sessionId, run);
}
