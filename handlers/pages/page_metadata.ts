/**
 * What the metadata of an application says about its pages.
 *
 * @module
 */

import type { PageOptions } from "../../embed/pages/page.ts";
import type { ServedApplication } from "../context.ts";

/** The options of pages that the metadata sets. */
type PageMetadata = Pick<PageOptions, "lang" | "description" | "colorScheme" | "iconUrl">;

const NONE: PageMetadata = {};
const known = new WeakMap<ServedApplication, PageMetadata>();

/**
 * Returns what the metadata says: `lang`, `description`, `colorScheme`, and the URL of an `icon`,
 * relative to the application's path. Metadata that is a function is not called for each page.
 *
 * @param path Path of the application with the prefix.
 */
export function pageMetadata(app: ServedApplication, path: string): PageMetadata {
  const { metadata } = app.application;
  if (typeof metadata !== "object" || metadata === null) return NONE;
  let found = known.get(app);
  if (found === undefined) known.set(app, found = readMetadata({ ...metadata }, path));
  return found;
}

function readMetadata(metadata: Readonly<Record<string, unknown>>, path: string): PageMetadata {
  const text = (key: string) => typeof metadata[key] === "string" ? metadata[key] : undefined;
  const icon = text("icon");
  return {
    lang: text("lang"),
    description: text("description"),
    colorScheme: text("colorScheme"),
    ...(icon === undefined ? {} : { iconUrl: belowApplication(icon, path) }),
  };
}

/** Returns the URL of a file of an application. Absolute URLs and paths remain. */
export function belowApplication(url: string, path: string): string {
  return /^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(url) ? url : `${path === "/" ? "" : path}/${url}`;
}
