/**
 * The views of custom models when a server starts.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { definedExtensions, extensionsVersion } from "../models/extensions/extension.ts";

const logger = getLogger(["bokeh", "server"]);

/**
 * Bundles the views of all custom models, so that the first page need not wait. Logs an error for
 * each that cannot be bundled; pages then respond with it.
 */
export async function prepareViews(): Promise<void> {
  if (extensionsVersion() === 0) return;
  const { scriptsOf } = await import("../embed/extensions/extension_scripts.ts");
  await Promise.all(Array.from(definedExtensions(), async (extension) => {
    try {
      await scriptsOf(extension);
    } catch (error) {
      logger.error("Cannot show {name}: {error}", { name: extension.name, error });
    }
  }));
}
