/**
 * A file that is locked as long as its process lives. The operating system unlocks it when the
 * process ends, however it ends, so that others know at once, and need no clock for it.
 */
export class ProcessLock implements Disposable {
  readonly #file: Deno.FsFile;
  readonly #path: string;

  /** @internal */

  constructor(file: Deno.FsFile, path: string) {
    this.#file = file;
    this.#path = path;
  }

  /** Creates and locks a file. */
  static async acquire(path: string): Promise<ProcessLock> {
    const file = await Deno.open(path, { create: true, write: true });
    await file.lock(true);
    return new ProcessLock(file, path);
  }

  /** Returns whether a living process holds the lock of a file. */
  static async isHeld(path: string): Promise<boolean> {
    try {
      using file = await Deno.open(path, { write: true });
      return !await file.tryLock(true);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return false;
      throw error;
    }
  }

  /** Removes and unlocks the file. */
  [Symbol.dispose](): void {
    removeIfPresent(this.#path);
    this.#file.close();
  }
}

/** Removes a file, if it is there. */
export function removeIfPresent(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
