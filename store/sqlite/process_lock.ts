/**
 * A file that is locked while its process lives. The operating system unlocks it when the process
 * ends, even if it is killed, so that other processes detect this at once and without a clock.
 */
export class ProcessLock implements Disposable {
  readonly #file: Deno.FsFile;
  readonly #path: string;

  /** Use {@linkcode ProcessLock.acquire}. @internal */
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

  /** Returns whether a live process has locked a file. */
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

/** Removes a file if it exists. */
export function removeIfPresent(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
