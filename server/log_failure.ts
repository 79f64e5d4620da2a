import { getLogger } from "@logtape/logtape";

const logger = getLogger(["bokeh", "server"]);

/** Runs a hook, and logs its error. Returns whether it succeeded. */
export async function logFailure(hook: () => unknown): Promise<boolean> {
  try {
    await hook();
    return true;
  } catch (error) {
    logger.error("A hook of an application failed: {error}", { error });
    return false;
  }
}
