import { assertEquals, assertRejects } from "@std/assert";
import { strToU8, zipSync } from "fflate";
import { createHash } from "node:crypto";
import { type Archive, unpackArchive } from "./unpack_archive.ts";

const ZIP = zipSync({
  "data/a.csv": strToU8("x,y\n1,2\n"),
  "data/icons/b.txt": strToU8("b"),
  "other/c.txt": strToU8("c"),
});
const SHA256 = createHash("sha256").update(ZIP).digest("hex");

/** Returns an archive, and a function that returns how often it was downloaded. */
function countedArchive(): { archive: Archive; downloads: () => number } {
  let count = 0;
  const download = async (folder: string) => {
    count++;
    await Deno.writeFile(`${folder}/data.zip`, ZIP);
    return `${folder}/data.zip`;
  };
  return { archive: { download, sha256: SHA256, prefix: "data/" }, downloads: () => count };
}

Deno.test("unpackArchive() unpacks the files below the prefix once, also for calls at the same time", async () => {
  const { archive, downloads } = countedArchive();
  const parent = await Deno.makeTempDir();
  const folder = `${parent}/new/unpacked`;
  assertEquals(await Promise.all([unpackArchive(archive, folder), unpackArchive(archive, folder)]), [folder, folder]);
  assertEquals(await Deno.readTextFile(`${folder}/a.csv`), "x,y\n1,2\n");
  assertEquals(await Deno.readTextFile(`${folder}/icons/b.txt`), "b");
  assertEquals(Array.from(Deno.readDirSync(`${parent}/new`), ({ name }) => name), ["unpacked"]);
  const before = downloads();
  await unpackArchive(archive, folder);
  assertEquals(downloads(), before);
  await Deno.remove(parent, { recursive: true });
});

Deno.test("unpackArchive() refuses a file with another digest, and leaves no files", async () => {
  const { archive } = countedArchive();
  const parent = await Deno.makeTempDir();
  const other = { ...archive, sha256: "0".repeat(64) };
  await assertRejects(() => unpackArchive(other, `${parent}/unpacked`), Error, `the file is ${SHA256}, not 000`);
  assertEquals([...Deno.readDirSync(parent)], []);
  await Deno.remove(parent);
});
