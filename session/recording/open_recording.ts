import { getLogger } from "@logtape/logtape";
import type { Recording, RecordOption } from "./recording.ts";

/**
 * Opens a recording. Its code is loaded only then. If the file cannot be written, logs the error and
 * returns undefined, so that the sessions are not recorded.
 */
export async function openRecording(record: RecordOption): Promise<Recording | undefined> {
  const { file, ...options } = typeof record === "string" || record instanceof URL ? { file: record } : record;
  try {
    const { Recording, recordingFile } = await import("./recording.ts");
    return new Recording(recordingFile(file), options);
  } catch (error) {
    getLogger(["bokeh", "recording"]).error("Cannot record to {file}: {error}", { file: String(file), error });
    return undefined;
  }
}
