/**
 * Types of what the program imports with `importOptional`. The types of the modules themselves would bring the packages of a
 * browser and of a database into each type check of a program that uses this package.
 *
 * @module
 */

import type { Document } from "../document/document.ts";
import type { SessionStore } from "../session/persistence/session_store.ts";

/** Options of an image, as those of `ExportOptions`. */
interface ImageOptions {
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly transparent?: boolean | undefined;
  readonly scale?: number | undefined;
}

/** Writes the images of a document or of the page at a URL, as `Exporter`. */
export interface ImageExporter extends AsyncDisposable {
  png(source: Document | URL, options: ImageOptions): Promise<Uint8Array>;
  svg(source: Document | URL, options: ImageOptions): Promise<string>;
  pdf(source: Document | URL, options: ImageOptions): Promise<Uint8Array>;
}

/** The part of `export/` that the program uses. */
export interface ExportModule {
  readonly Exporter: { open(options: { readonly executablePath?: string | undefined }): Promise<ImageExporter> };
}

/** The part of `store/redis/` that the program uses. */
export interface RedisModule {
  redisStore(url: string): SessionStore;
}
