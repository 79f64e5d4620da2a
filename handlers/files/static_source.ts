/**
 * Interfaces of static files, which come from folders or from the bundles of BokehJS.
 *
 * @module
 */

/** A content encoding. */
export type Encoding = "br" | "gzip";

/** A static file. */
export interface StaticFile {
  /** Media type. */
  readonly type: string;
  /** Size in bytes. */
  readonly size: number;
  /** Time of the last change. */
  readonly modified: Date;
  /** Whether pages of any origin may read it. @default {false} */
  readonly crossOrigin?: boolean;
  /** Returns a hash of the content, for the ETag. */
  hash(): string | Promise<string>;
  /** Returns the content from byte `start` up to, but not including, byte `end`. */
  read(start: number, end: number): Promise<BodyInit>;
  /**
   * Returns the encoded content, which is encoded once and cached, or undefined if encoding does
   * not pay off.
   */
  encoded?(encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> | undefined;
}

/** A source of static files. */
export interface StaticSource {
  /**
   * Returns the file at a path, or undefined if there is none.
   *
   * @param path Decoded relative path, which {@linkcode isSafePath} accepts.
   */
  find(path: string): StaticFile | undefined | Promise<StaticFile | undefined>;
}

/**
 * Returns whether a relative path stays below its folder and is in normal form: without `.`, `..`,
 * empty parts, backslashes, colons and NUL.
 */
export function isSafePath(path: string): boolean {
  return !/[\0\\:]/.test(path) && path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}

/** Returns compressed content. */
export async function compress(bytes: Uint8Array<ArrayBuffer>, encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
  const format = encoding === "br" ? "brotli" : "gzip";
  return await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream(format))).bytes();
}
