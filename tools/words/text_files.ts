import { outputOf } from "../setup/process.ts";

/** Files whose words are not ours, or which no person reads: generated code, recorded data, applications shared with other projects. */
const SKIPPED =
  /(?:^|\/)(?:gen|fixtures|testdata|corpus|twins|conformance)\/|^tools\/(?:names|generate_models)\/python_|(?:^|\/)LICENSES?\.md$|^tests\/kit\/attacked_apps\/folder\/static\//;
const TEXT = /\.(?:tsx?|js|css|html|md|ya?ml|py)$/;

/** Returns the paths of the text files under version control, from the checkout's root, that are below one of `folders`. */
export async function textFiles(folders: readonly string[]): Promise<string[]> {
  const tracked = await outputOf("git", ["ls-files", "--cached", "--others", "--exclude-standard", "--", ...folders]);
  if (tracked === undefined) throw new Error("Cannot list the files: git failed");
  return tracked.split("\n").filter((path) => TEXT.test(path) && !SKIPPED.test(path));
}
