import { dirname } from "@std/path";
import { unzipSync } from "fflate";
import { createHash } from "node:crypto";

/** A zip file to download. */
export interface Archive {
  /** Downloads the file into a folder, and returns its path. */
  readonly download: (folder: string) => Promise<string>;
  /** Hexadecimal SHA-256 digest of the file. */
  readonly sha256: string;
  /** Start of the names of the files to unpack. It is removed from their names. */
  readonly prefix: string;
}

/**
 * Downloads an archive and unpacks it into a new folder, unless the folder exists. Several processes can do so at the same
 * time.
 *
 * @returns the path of the folder
 * @throws {Error} if the download fails or has another digest
 */
export async function unpackArchive(archive: Archive, folder: string): Promise<string> {
  if (await isFolder(folder)) return folder;
  await Deno.mkdir(dirname(folder), { recursive: true });
  const temporary = await Deno.makeTempDir({ dir: dirname(folder), prefix: "unpacking-" });
  try {
    const files = unzipSync(await download(archive, temporary), {
      filter: ({ name }) => name.startsWith(archive.prefix) && !name.endsWith("/"),
    });
    const unpacked = `${temporary}/unpacked`;
    for (const [name, bytes] of Object.entries(files)) {
      const path = `${unpacked}/${name.slice(archive.prefix.length)}`;
      await Deno.mkdir(dirname(path), { recursive: true });
      await Deno.writeFile(path, bytes);
    }
    await Deno.rename(unpacked, folder).catch(async (error: unknown) => {
      // Another process may have unpacked the archive meanwhile.
      if (!await isFolder(folder)) throw error;
    });
    return folder;
  } finally {
    await Deno.remove(temporary, { recursive: true });
  }
}

async function download({ download, sha256 }: Archive, folder: string): Promise<Uint8Array> {
  await Deno.mkdir(`${folder}/download`);
  const bytes = await Deno.readFile(await download(`${folder}/download`));
  const digest = createHash("sha256").update(bytes).digest("hex");
  if (digest === sha256) return bytes;
  throw new Error(`Cannot use the downloaded sample data: the SHA-256 digest of the file is ${digest}, not ${sha256}`);
}

async function isFolder(path: string): Promise<boolean> {
  return await Deno.stat(path).then((info) => info.isDirectory, () => false);
}
