import { IdMap } from "../protocol/hash_flooding.ts";
import type { DownloadedFile, SessionFiles, UploadedFile, UploadOptions } from "../document/session_files.ts";

/** Stands where readers would see the id of an upload URL. */
const NO_ID = "00000000-0000-0000-0000-000000000000";
const MAX_BYTES = 100 * 1024 * 1024;

/** What is at one URL of a session. */
export type FileEntry = { readonly sessionId: string } & FileAction;

type FileAction =
  | { readonly kind: "upload"; readonly maxBytes: number; receive(file: UploadedFile): Promise<unknown> }
  | { readonly kind: "download"; make(): Promise<DownloadedFile> };

/** The URLs of files of all sessions of an application. */
export class FileTable {
  readonly #entries = new Map<string, FileEntry>();
  readonly #ids = new IdMap<string[]>();

  /** What is at the URL with this id. */
  get(id: string): FileEntry | undefined {
    return this.#entries.get(id);
  }

  /**
   * Where a session gets its URLs.
   *
   * @param run calls its functions as the session does
   * @param base path before the ids, with a slash at its end
   */
  of(sessionId: string, run: <T>(fn: () => T) => T, base = "files/"): SessionFiles {
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

  /** Takes the URLs of a session away. */
  drop(sessionId: string): void {
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
 * Returns a text without the ids of a session's upload URLs. Such an id is the right to send files, which clients that
 * read only do not have, and stands in the document that they read.
 */
export function withoutUploads(text: string, uploadIds: readonly string[]): string {
  return uploadIds.reduce((result, id) => result.replaceAll(id, NO_ID), text);
}

/** The files of a session that no server has: their URLs lead nowhere. */
export function noFiles(sessionId: string, run: <T>(fn: () => T) => T): SessionFiles {
  return new FileTable().of(sessionId, run);
}
