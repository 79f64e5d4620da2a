/**
 * Saves uploads to files.
 *
 * @module
 */

/**
 * Writes a stream to a file and replaces its content. Resolves when the operating system has
 * written all of it.
 *
 * @returns Size of the file in bytes.
 * @throws {Error} If the stream fails or not everything can be written, for example because the
 * disk is full. The file is removed then.
 */
export async function saveStream(stream: ReadableStream<Uint8Array>, path: string): Promise<number> {
  using file = await Deno.open(path, { write: true, create: true, truncate: true });
  const { isFile } = await file.stat();
  try {
    const length = await writeAll(file, stream);
    // Deno reports an error of a write with the next operation, and drops it if the file is closed
    // first
    await file.syncData();
    const { size } = await file.stat();
    if (isFile && size !== length) throw new Error(`Cannot save upload: ${size} of ${length} bytes were written`);
    return length;
  } catch (error) {
    if (isFile) await Deno.remove(path);
    throw error;
  }
}

async function writeAll(file: Deno.FsFile, stream: ReadableStream<Uint8Array>): Promise<number> {
  let length = 0;
  for await (const chunk of stream) {
    for (let rest = chunk; rest.length > 0;) rest = rest.subarray(await file.write(rest));
    length += chunk.length;
  }
  return length;
}
