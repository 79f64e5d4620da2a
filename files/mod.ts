/**
 * Widgets with which users send files to an application, and download files from it.
 *
 * @module
 */

export { type DroppedFile, FileDropper, type FileDropperClass, type FileDropperProps } from "./file_dropper.ts";
export {
  type DownloadButton,
  downloadButton,
  type DownloadButtonProps,
  type DownloadContent,
  type DownloadOptions,
} from "./download_button.ts";
