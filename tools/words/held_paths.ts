/**
 * The folders and files whose words are checked. A folder is added when `deno task check:words FOLDER` finds nothing in it.
 *
 * @module
 */

/** Folders (with `/` at the end) and files at the root of the checkout: whether `check:words` reads them by default. */
export const HELD_PATHS: Readonly<Record<string, boolean>> = {
  "application/": true,

  "bench/": true,

  "cli/": true,

  "client/": true,

  "common/": true,

  "docs/": true,

  "document/": true,

  "embed/": true,

  "examples/": true,

  "handlers/": true,

  "models/": true,

  "plotting/": true,

  "protocol/": true,

  "server/": true,

  "session/": false,

  "store/": false,

  "testing/": true,

  "tests/": true,

  "tools/": true,

  "mod.ts": true,

  "README.md": true,
  "ARCHITECTURE.md": true,
  "PROTOCOL.md": true,
  "CHANGELOG.md": true,
  "SECURITY.md": true,
};
