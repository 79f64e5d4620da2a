/**
 * The file of a recording.
 *
 * @module
 */

import type { RecordingSink } from "./recording.ts";

const encoder = new TextEncoder();

/**
 * Opens a file for the lines of one recording, and locks it until it is disposed. Only the owner of the file can read
 * it.
 *
 * @throws {Error} If another recording has locked the file, or if the file cannot be written.
 */
export function openRecordingFile(path: string | URL): RecordingSink & Disposable {
  const file = Deno.openSync(path, { append: true, create: true, mode: 0o600 });
  try {
    if (!file.tryLockSync(true)) {
      throw new Error("Another server or test records to it: stop that one, or name another file");
    }
    if (Deno.build.os !== "windows") Deno.chmodSync(path, 0o600); // the file may have existed
    return {
      size: file.statSync().size,
      write: (line) => {
        for (let bytes = encoder.encode(line); bytes.length > 0;) bytes = bytes.subarray(file.writeSync(bytes));
      },
      [Symbol.dispose]: () => file.close(),
    };
  } catch (error) {
    file.close();
    throw error;
  }
}
