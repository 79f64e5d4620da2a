/**
 * The data sets of Bokeh's examples: the files of the Python package `bokeh_sampledata`. The counterpart of
 * `bokeh.sampledata`.
 *
 * The first use downloads the package (12 MB) with pip, checks its SHA-256 digest and unpacks it into the user's cache
 * folder (27 MB); later ones need neither pip nor a network. If the environment variable `BOKEH_SAMPLEDATA_DIR` names a
 * folder, the files are read from there instead, for example from `bokeh_sampledata/_data` of an installed Python package.
 * The license of each data set is in the documentation of the Python package.
 *
 * @example A table of cars
 * ```ts ignore
 * import { ColumnDataSource } from "@bokeh/server/models";
 * import { sampleRows } from "@bokeh/server/sampledata";
 *
 * const cars = await sampleRows<{ mpg: number; name: string }>("auto-mpg.csv");
 * const source = ColumnDataSource.from_rows(cars);
 * ```
 *
 * @module
 */

import { parse } from "@std/csv";
import { gunzipSync } from "node:zlib";
import { cacheFolder } from "./cache_folder.ts";
import type { SampleFile } from "./files.ts";
import { pipDownload } from "./pip_download.ts";
import { type Archive, unpackArchive } from "./unpack_archive.ts";

export type { SampleFile };

/** The version of the Python package. */
const VERSION = "2026.1";
const ARCHIVE: Archive = {
  download: (folder) => pipDownload(`bokeh_sampledata==${VERSION}`, folder),
  sha256: "f40331a40ca30c64a1c1471835aad9006b61b0d9731a3f649ee8cbbf48d3822f",
  prefix: "bokeh_sampledata/_data/",
};

let unpacking: Promise<string> | undefined;

/**
 * Returns the path of a data set, for example for `node:sqlite`. Files that end with `.gz` are compressed.
 *
 * @throws {Error} if the data sets are not in the cache folder and cannot be downloaded
 */
export async function samplePath(name: SampleFile): Promise<string> {
  return `${Deno.env.get("BOKEH_SAMPLEDATA_DIR") || await unpackedFolder()}/${name}`;
}

/**
 * Returns the text of a data set. Files that end with `.gz` are decompressed.
 *
 * @throws {Error} if the data sets are not in the cache folder and cannot be downloaded
 */
export async function sampleText(name: SampleFile): Promise<string> {
  const bytes = await Deno.readFile(await samplePath(name));
  return new TextDecoder().decode(name.endsWith(".gz") ? gunzipSync(bytes) : bytes);
}

/**
 * Returns the rows of a data set in the CSV format, as `pandas.read_csv` would read it: columns in which all values are
 * numbers or empty have numbers, with NaN for empty ones. Other columns have strings.
 *
 * @typeParam Row The type of a row. It is not checked when the program runs.
 * @throws {Error} if the data sets are not in the cache folder and cannot be downloaded
 */
export async function sampleRows<Row extends object>(name: SampleFile & `${string}.csv${"" | ".gz"}`): Promise<Row[]> {
  const rows: Record<string, string | number>[] = parse(await sampleText(name), { skipFirstRow: true });
  for (const column of Object.keys(rows[0] ?? {})) {
    if (rows.every((row) => row[column] === "" || !Number.isNaN(Number(row[column])))) {
      for (const row of rows) row[column] = row[column] === "" ? NaN : Number(row[column]);
    }
  }
  return rows as Row[];
}

async function unpackedFolder(): Promise<string> {
  unpacking ??= unpackArchive(ARCHIVE, `${cacheFolder()}/sampledata-${VERSION}`);
  try {
    return await unpacking;
  } catch (error) {
    // The next call tries again.
    unpacking = undefined;
    throw error;
  }
}
