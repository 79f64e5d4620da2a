/**
 * A button that downloads a file.
 *
 * @module
 */

import { curdoc } from "../document/curdoc.ts";
import type { DownloadedFile } from "../document/session_files.ts";
import { type ButtonType, type CustomModel, defineModel, Widget } from "../models/mod.ts";
import viewText from "./browser/download_button.js" with { type: "text" };

/** The properties of a button that downloads a file. */
export interface DownloadButtonProps {
  /** The text of the button. */
  label: string;
  /** The appearance of the button. @default {"default"} */
  button_type: ButtonType;
  /** URL of the file; empty without a server. */
  download_url: string;
}

/** A button that downloads a file. */
export type DownloadButton = CustomModel<Widget, DownloadButtonProps>;

/** The content of a download. */
export type DownloadContent =
  | Response
  | ReadableStream<Uint8Array<ArrayBuffer>>
  | Uint8Array<ArrayBuffer>
  | Blob
  | string;

/** Options of {@linkcode downloadButton}. */
export interface DownloadOptions {
  /**
   * The name under which the browser saves the file.
   *
   * @default The name in the header `Content-Disposition` of a `Response`, otherwise `download`.
   */
  readonly name?: string;
  /**
   * The media type.
   *
   * @default The header `Content-Type` of a `Response` or the type of a `Blob`, otherwise
   * `application/octet-stream`.
   */
  readonly type?: string;
  /** The appearance of the button. @default {"default"} */
  readonly button_type?: ButtonType;
}

const Button = defineModel({
  name: "bokeh_server.DownloadButton",
  base: Widget,
  properties: ({ Enum, Str }) => ({
    label: [Str, ""],
    button_type: [Enum("default", "primary", "success", "warning", "danger", "light"), "default"],
    download_url: [Str, ""],
  }),
  view: viewText,
});

/**
 * Returns a button that downloads a file. It is bound to the session: only clients that may read
 * the session can download the file, until the session is destroyed.
 *
 * @param label The text of the button.
 * @param make Creates the content, at each click. It runs without the document's lock.
 *
 * @example
 * ```ts
 * import { downloadButton } from "@bokeh/server/files";
 * import type { Document } from "@bokeh/server";
 * import { openSession } from "@bokeh/server/testing";
 *
 * function app(doc: Document): void {
 *   doc.add_root(downloadButton("Report", () => "x,y\n1,2\n", { name: "report.csv", type: "text/csv" }));
 * }
 * await using _session = await openSession(app);
 * ```
 */
export function downloadButton(
  label: string,
  make: () => DownloadContent | Promise<DownloadContent>,
  options: DownloadOptions = {},
): DownloadButton {
  const button = new Button({ label, button_type: options.button_type });
  const files = curdoc().session_context?.files;
  if (files !== undefined) button.download_url = files.offerDownload(async () => downloadOf(await make(), options));
  return button;
}

/**
 * Returns the file of a content.
 *
 * @throws {Error} If the content is a response with an error, so that users do not save its text as
 * their file.
 */
function downloadOf(content: DownloadContent, { name, type }: DownloadOptions): DownloadedFile {
  if (!(content instanceof Response)) {
    const own = content instanceof Blob && content.type !== "" ? content.type : undefined;
    const media = type ?? own;
    return { name: name ?? "download", content, ...media === undefined ? {} : { type: media } };
  }
  if (!content.ok) throw new Error(`Cannot download ${name ?? "file"}: the response has the status ${content.status}`);
  const media = type ?? content.headers.get("content-type");
  return {
    name: name ?? nameIn(content.headers.get("content-disposition")) ?? "download",
    content: content.body ?? "",
    ...media === null ? {} : { type: media },
  };
}

/** Returns the file name in a header `Content-Disposition` (RFC 6266), undefined if it has none. */
function nameIn(header: string | null): string | undefined {
  const [, encoded] = /filename\*=UTF-8''([^;]+)/i.exec(header ?? "") ?? [];
  if (encoded !== undefined) return decodeURIComponent(encoded);
  const [, quoted, plain] = /filename=(?:"([^"]*)"|([^;\s]+))/i.exec(header ?? "") ?? [];
  return quoted ?? plain;
}
