/**
 * Watches files for changes.
 *
 * @module
 */

import { dirname, join, sep } from "node:path";

/**
 * Time without events after which a change is reported, in milliseconds. Editors write a file in
 * several steps.
 */
const QUIET_MILLISECONDS = 15;

/**
 * Time to wait for the content of an empty file, in milliseconds. Some editors truncate a file
 * before they write it, so an empty file is probably not finished.
 */
const EMPTY_MILLISECONDS = 100;

/** The paths to watch. */
export interface WatchedPaths {
  /** Files, which need not exist yet. */
  readonly files: Iterable<string>;
  /** Folders, which are watched recursively and need not exist yet. */
  readonly folders: Iterable<string>;
}

/**
 * Reports files that were changed, created, replaced or removed. Changes in quick succession are
 * reported together.
 */
export class WatchedFiles implements Disposable {
  readonly #onChange: (paths: ReadonlySet<string>) => void;
  readonly #watchers = new Map<string, Deno.FsWatcher>();
  readonly #stamps = new Map<string, string>();
  readonly #changed = new Set<string>();
  readonly #emptyMilliseconds: number;
  #files = new Set<string>();
  #folders: string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waitedForContent = false;

  /**
   * Creates a watcher without paths.
   *
   * @param onChange Receives the paths of the changed files.
   * @param emptyMilliseconds Time to wait for the content of an empty file.
   */
  constructor(onChange: (paths: ReadonlySet<string>) => void, emptyMilliseconds: number = EMPTY_MILLISECONDS) {
    this.#onChange = onChange;
    this.#emptyMilliseconds = emptyMilliseconds;
  }

  /** Replaces the watched paths. */
  watch({ files, folders }: WatchedPaths): void {
    this.#files = new Set([...files].map(realPath));
    this.#folders = [...folders].map(realPath);
    // The folder of a file is watched, because editors replace files.
    const single = [...this.#files].map((file) => dirname(file)).filter((folder) => !this.#folders.includes(folder));
    const wanted = new Map<string, boolean>([
      ...single.map((folder) => [folder, false] as const),
      ...this.#folders.map((folder) => [folder, true] as const),
    ]);
    for (const [folder, watcher] of this.#watchers) {
      if (wanted.has(folder)) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
    for (const [folder, recursive] of wanted) {
      if (!this.#watchers.has(folder)) this.#listen(folder, recursive);
    }
    for (const file of this.#files) if (!this.#stamps.has(file)) this.#stamps.set(file, stamp(file));
  }

  /** Stops watching. */
  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  #listen(folder: string, recursive: boolean): void {
    if (!isFolder(folder)) return;
    const watcher = Deno.watchFs(folder, { recursive });
    this.#watchers.set(folder, watcher);
    void this.#readEvents(folder, watcher);
  }

  async #readEvents(folder: string, watcher: Deno.FsWatcher): Promise<void> {
    for await (const { kind, paths } of watcher) {
      // A closed watcher still delivers the event that was on its way: it must not start a timer
      // after disposal.
      if (this.#watchers.get(folder) !== watcher) return;
      if (kind === "access") continue;
      for (const path of paths) {
        if (this.#folders.includes(path)) this.#onFolderReplaced(path, kind);
        else this.#onFileEvent(path);
      }
    }
  }

  /**
   * Handles a watched folder that was created, removed or replaced: all of its files may have
   * changed.
   */
  #onFolderReplaced(folder: string, kind: Deno.FsEvent["kind"]): void {
    if (kind === "modify") return;
    this.#watchers.get(folder)?.close();
    this.#watchers.delete(folder);
    this.#listen(folder, true);
    const known = [...this.#stamps.keys()].filter((path) => path.startsWith(folder + sep));
    for (const file of [...known, ...filesBelow(folder)]) this.#onFileEvent(file);
  }

  #onFileEvent(path: string): void {
    if (!this.#files.has(path) && !this.#folders.some((folder) => path.startsWith(folder + sep))) return;
    this.#changed.add(path);
    clearTimeout(this.#timer);
    this.#waitedForContent = false;
    this.#timer = setTimeout(() => this.#report(), QUIET_MILLISECONDS);
  }

  #report(): void {
    const changed = [...this.#changed].filter((path) => this.#stamps.get(path) !== stamp(path));
    if (!this.#waitedForContent && changed.some(isEmpty)) {
      this.#waitedForContent = true;
      this.#timer = setTimeout(() => this.#report(), this.#emptyMilliseconds);
      return;
    }
    this.#changed.clear();
    for (const path of changed) this.#stamps.set(path, stamp(path));
    if (changed.length > 0) this.#onChange(new Set(changed));
  }
}

/** Returns the path that file events use: symbolic links are resolved in the part that exists. */
function realPath(path: string): string {
  try {
    return Deno.realPathSync(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? path : join(realPath(folder), path.slice(folder.length + 1));
  }
}

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}

function* filesBelow(folder: string): Generator<string> {
  if (!isFolder(folder)) return;
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    if (isDirectory) yield* filesBelow(join(folder, name));
    else yield join(folder, name);
  }
}

function isEmpty(path: string): boolean {
  return stamp(path).endsWith(":0");
}

/** Returns a text that differs when a file has changed: its time of modification and its size. */
function stamp(path: string): string {
  try {
    const { mtime, size } = Deno.statSync(path);
    return `${mtime?.getTime()}:${size}`;
  } catch {
    return "none";
  }
}
