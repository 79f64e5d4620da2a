/**
 * Files to serve, wherever they come from.
 *
 * @module
 */

/** A coding of content that browsers undo. */
export type Encoding = "br" | "gzip";

/** A file that can be served. */
export interface StaticFile {
  /** Media type. */
  readonly type: string;
  /** Bytes of it. */
  readonly size: number;
  /** When it last changed. */
  readonly modified: Date;
  /** Whether pages of any origin may read it. @default {false} */
  readonly crossOrigin?: boolean;
  /** Its hash, or another text that changes when it does: for the ETag. */
  hash(): string | Promise<string>;
  /** Content from one byte to before another. */
  read(start: number, end: number): Promise<BodyInit>;
  /** All of it in a coding, made once and kept; undefined where it is not worth it. */
  encoded?(encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> | undefined;
}

/** A place that files come from. */
export interface StaticSource {
  /**
   * The file of a path below the place, undefined where there is none.
   *
   * @param path Decoded, without a slash before it; nothing that {@linkcode isSafePath} refuses.
   */
  find(path: string): StaticFile | undefined | Promise<StaticFile | undefined>;
}

/** Whether a path names something below where it starts, in one way only. */
export function isSafePath(path: string): boolean {
  return !/[\0\\:]/.test(path) && path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}

/** Compresses all of a file. */
export async function compress(bytes: Uint8Array<ArrayBuffer>, encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
  const format = encoding === "br" ? "brotli" : "gzip";
  return await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream(format))).bytes();
}
