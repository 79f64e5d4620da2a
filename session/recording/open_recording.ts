import { getLogger } from "@logtape/logtape";
import { errorMessage } from "../../common/error_message.ts";
import type { Recording, RecordOption } from "./recording.ts";

/**
 * Opens a recording. Its code is loaded only then. If the file cannot be written, or if another recording
 * has locked it, logs the error and returns undefined, so that the sessions are not recorded.
 */
export async function openRecording(record: RecordOption): Promise<Recording | undefined> {
  const { file, ...options } = typeof record === "string" || record instanceof URL ? { file: record } : record;
  try {
    const [{ Recording }, { openRecordingFile }] = await Promise.all([
      import("./recording.ts"),
      import("./recording_file.ts"),
    ]);
    return new Recording(openRecordingFile(file), options);
  } catch (error) {
    getLogger(["bokeh", "recording"]).error("Cannot record to {file}: {error}", {
      file: String(file),
      error: errorMessage(error),
    });
    return undefined;
  }
}
