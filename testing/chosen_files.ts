/**
 * What a browser makes of files that a person chooses.
 *
 * @module
 */

import type { FileInput } from "../models/mod.ts";

/** The new values of a `FileInput`: one of each for one file, or a list. */
export interface ChosenFiles {
  /** The content in base64. */
  readonly value: string | string[];
  /** The name. */
  readonly filename: string | string[];
  /** The type. */
  readonly mime_type: string | string[];
}

/** Reads files as BokehJS does. */
export async function chosenFiles(input: FileInput, files: readonly File[]): Promise<ChosenFiles> {
  if (input.multiple !== true && input.directory !== true) {
    if (files.length > 1) {
      throw new RangeError(`Cannot upload ${files.length} files to ${input}: it takes one, set multiple`);
    }
    const [file] = files;
    if (file === undefined) return { value: "", filename: "", mime_type: "" };
    return { value: await base64(file), filename: file.name, mime_type: file.type };
  }
  return {
    value: await Promise.all(files.map(base64)),
    filename: files.map(({ name }) => name),
    mime_type: files.map(({ type }) => type),
  };
}

async function base64(file: File): Promise<string> {
  return (await file.bytes()).toBase64();
}
