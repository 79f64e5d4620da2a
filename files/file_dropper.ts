/**
 * A widget onto which users drop files.
 *
 * @module
 */

import { curdoc } from "../document/curdoc.ts";
import type { UploadedFile } from "../document/session_files.ts";
import type { Attributes } from "../models/base/model_types.ts";
import { type CustomModel, defineModel, Widget } from "../models/mod.ts";
import viewText from "./browser/file_dropper.js" with { type: "text" };

/** A file that was sent. */
export interface DroppedFile {
  /** Its name on the user's computer. Do not use it as a path. */
  name: string;
  /** The media type that the browser states. */
  type: string;
  /** Its size in bytes. */
  size: number;
}

/** The properties of {@linkcode FileDropper}. */
export interface FileDropperProps {
  /** The text above the button. @default {"Drop files here, or"} */
  title: string;
  /** The text of the button that opens the dialog for files. @default {"Choose files…"} */
  button_label: string;
  /**
   * Extensions and media types of the files that the page accepts, separated by commas:
   * `.csv, image/*`. Servers must not rely on it.
   *
   * @default {""}
   */
  accept: string;
  /** Whether several files can be sent. @default {true} */
  multiple: boolean;
  /** Maximum number of files that are sent at once. @default {100} */
  max_files: number;
  /** Maximum size of a file in bytes. The server enforces it. @default {104_857_600} */
  max_bytes: number;
  /** URL to which the page sends files; empty without a server. */
  upload_url: string;
  /** The files that the page has sent. */
  files: DroppedFile[];
}

const Base = defineModel({
  name: "bokeh_server.FileDropper",
  base: Widget,
  properties: ({ Bool, Float, Int, List, NonNegative, Str, Struct }) => ({
    title: [Str, "Drop files here, or"],
    button_label: [Str, "Choose files…"],
    accept: [Str, ""],
    multiple: [Bool, true],
    max_files: [NonNegative(Int), 100],
    max_bytes: [NonNegative(Float), 100 * 1024 * 1024],
    upload_url: [Str, ""],
    files: [List(Struct({ name: Str, type: Str, size: Float })), []],
  }),
  view: viewText,
  css: `.zone { border: 2px dashed #aaa; border-radius: 4px; padding: 1em; text-align: center; }
.zone.over { border-color: #3276b1; background: light-dark(#eef5fb, #1f3a52); }
.choose { margin-left: 0.5em; }
.files { list-style: none; margin: 0.5em 0; padding: 0; }
.files li { display: flex; gap: 0.5em; align-items: center; }
.files progress { flex: 1; }
[role="alert"] { color: light-dark(#b00020, #ff9a90); }`,
});

/** A widget onto which users drop files. */
export type FileDropper = CustomModel<Widget, FileDropperProps>;

/** The class of {@linkcode FileDropper}. */
export interface FileDropperClass {
  /**
   * Creates a widget in an application or one of its callbacks. Without a session, as in a file
   * without a server, it accepts no files.
   *
   * @param attributes Values of attributes. The others keep their defaults.
   * @param receive Receives each file. It runs without the document's lock: change the document
   * within `withLockedDocument`.
   */
  new (
    attributes?: Attributes<Widget["$props"] & Omit<FileDropperProps, "upload_url" | "files">>,
    receive?: (file: UploadedFile) => unknown,
  ): FileDropper;
  /** The name of the class on the wire. */
  readonly type: string;
}

/**
 * A widget onto which users drop files, or in which they choose them. The page sends each file over
 * HTTP, of any size, and shows its progress.
 *
 * @example
 * ```ts
 * import { FileDropper } from "@bokeh/server/files";
 * import type { Document } from "@bokeh/server";
 * import { openSession } from "@bokeh/server/testing";
 *
 * function app(doc: Document): void {
 *   const dropper = new FileDropper({ accept: ".csv", max_bytes: 1e9 }, async ({ name, stream }) => {
 *     for await (const part of stream) console.log(name, part.length);
 *   });
 *   doc.add_root(dropper);
 * }
 * await using _session = await openSession(app);
 * ```
 */
export const FileDropper: FileDropperClass = class extends Base {
  /** Creates a widget. */
  constructor(
    attributes: Attributes<Widget["$props"] & FileDropperProps> = {},
    receive?: (file: UploadedFile) => unknown,
  ) {
    super(attributes);
    const files = curdoc().session_context?.files;
    if (receive === undefined || files === undefined) return;
    this.upload_url = files.acceptUploads(receive, { maxBytes: this.max_bytes });
  }
};
