import { IdMap } from "../protocol/hash_flooding.ts";
import type { DownloadedFile, SessionFiles, UploadedFile, UploadOptions } from "../document/session_files.ts";
import type { SecretKey } from "./credentials/signature.ts";
import { FileIds } from "./ownership/file_id.ts";
import { sessionKeyOf } from "./ownership/session_key.ts";
import type { SessionKey } from "./persistence/session_store.ts";

/** Replaces the ids of upload URLs in what read-only clients receive. */
const NO_ID = "00000000-0000-0000-0000-000000000000";
/** Default maximum size of an upload. */
const MAX_BYTES = 100 * 1024 * 1024;
/** Bytes of the random number of a URL that a callback creates. */
const RANDOM_BYTES = 9;

/** The upload or download at one URL of a session. */
export type FileEntry = { readonly sessionId: string } & FileAction;

type FileAction =
  | { readonly kind: "upload"; readonly maxBytes: number; receive(file: UploadedFile): Promise<unknown> }
  | { readonly kind: "download"; make(): Promise<DownloadedFile> };

/** The files of one session. */
interface FilesOfSession {
  readonly key: SessionKey;
  readonly ids: string[];
}

/** Options of {@linkcode FileTable}. */
export interface FileTableOptions {
  /** Path of the application. @default {"/"} */
  readonly applicationPath?: string | undefined;
  /** Secret that signs ids. Random by default. */
  readonly secret?: SecretKey | undefined;
}

/** Options of {@linkcode FileTable.filesOf}. */
export interface SessionFilesOptions {
  /** Path before the ids, with a slash at its end. @default {"files/"} */
  readonly base?: string | undefined;
  /**
   * Returns whether the application has filled the document. URLs that it created before have the
   * same ids when the session is resumed. Those that callbacks create later are random: the resumed
   * session does not have them, and must not use their ids for other files.
   *
   * @default {() => false}
   */
  readonly isFilled?: (() => boolean) | undefined;
}

/** The upload and download URLs of all sessions of an application. */
export class FileTable {
  readonly #applicationPath: string;
  readonly #fileIds: FileIds;
  readonly #entries = new Map<string, FileEntry>();
  readonly #sessions = new IdMap<FilesOfSession>();

  /** Creates a table without files. */
  constructor({ applicationPath = "/", secret = crypto.randomUUID() }: FileTableOptions = {}) {
    this.#applicationPath = applicationPath;
    this.#fileIds = new FileIds(secret);
  }

  /** Returns the upload or download whose URL has an id, or undefined. */
  get(id: string): FileEntry | undefined {
    return this.#entries.get(id);
  }

  /** Returns the key of the session to which an id belongs; undefined if the id is not valid. */
  keyOf(id: string): SessionKey | undefined {
    return this.#fileIds.keyOf(id);
  }

  /**
   * Returns an object with which the application of a session creates URLs.
   *
   * @param run Calls the application's functions for uploads and downloads, with the session's
   * document as current.
   */
  filesOf(
    sessionId: string,
    run: <T>(fn: () => T) => T,
    { base = "files/", isFilled = () => false }: SessionFilesOptions = {},
  ): SessionFiles {
    const add = (entry: FileAction) => base + this.#add(sessionId, entry, isFilled());
    return {
      acceptUploads: (receive, { maxBytes = MAX_BYTES }: UploadOptions = {}) =>
        add({ kind: "upload", maxBytes, receive: async (file) => await run(() => receive(file)) }),
      offerDownload: (make) => add({ kind: "download", make: async () => await run(make) }),
    };
  }

  /** Returns the ids of the upload URLs of a session. */
  uploadsOf(sessionId: string): string[] {
    return (this.#sessions.get(sessionId)?.ids ?? []).filter((id) => this.#entries.get(id)?.kind === "upload");
  }

  /** Removes the URLs of a session. */
  removeOf(sessionId: string): void {
    for (const id of this.#sessions.get(sessionId)?.ids ?? []) this.#entries.delete(id);
    this.#sessions.delete(sessionId);
  }

  #add(sessionId: string, action: FileAction, isFilled: boolean): string {
    let session = this.#sessions.get(sessionId);
    if (session === undefined) {
      session = { key: sessionKeyOf(this.#applicationPath, sessionId), ids: [] };
      this.#sessions.set(sessionId, session);
    }
    const id = this.#fileIds.idOf(session.key, isFilled ? randomNumber() : `${session.ids.length}`);
    this.#entries.set(id, { ...action, sessionId });
    session.ids.push(id);
    return id;
  }
}

function randomNumber(): string {
  return crypto.getRandomValues(new Uint8Array(RANDOM_BYTES)).toBase64({ alphabet: "base64url" });
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
