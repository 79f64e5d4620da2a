/**
 * Lists the files whose words and spelling are checked.
 *
 * @module
 */

import { outputOf } from "../setup/process.ts";

/** Files that are not checked: generated code, recorded data, licenses, and applications shared with other projects. */
const SKIPPED =
  /(?:^|\/)(?:gen|fixtures|testdata|corpus|twins|conformance)\/|^tools\/(?:docs\/names|generate_models)\/python_|(?:^|\/)LICENSES?\.md$|^tests\/apps\/|^tests\/kit\/attacked_apps\/folder\/static\//;
const TEXT = /\.(?:tsx?|js|css|html|md|ya?ml|py)$/;

/**
 * Returns the paths of the text files to check below some folders, from the root of the checkout.
 *
 * @param folders folders and files; none means the whole checkout
 * @throws {Error} if git fails
 */
export async function textFiles(folders: readonly string[]): Promise<string[]> {
  const tracked = await outputOf("git", ["ls-files", "--cached", "--others", "--exclude-standard", "--", ...folders]);
  if (tracked === undefined) throw new Error("Cannot list the files: git failed");
  return tracked.split("\n").filter((path) => TEXT.test(path) && !SKIPPED.test(path));
}
