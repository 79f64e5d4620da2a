/** Every regular expression in the server's code takes linear time, or is listed here with the reason for an exception. */

import { assertEquals } from "@std/assert";
import { checkSync } from "recheck";

const ROOT = new URL("../", import.meta.url);
const PACKAGES = [
  "application",
  "auth",
  "cli",
  "client",
  "document",
  "embed",
  "examples",
  "export",
  "files",
  "handlers",
  "io",
  "large_data",
  "live",
  "models",
  "plotting",
  "common",
  "protocol",
  "sampledata",
  "server",
  "session",
  "shared",
  "store",
  "tasks",
  "testing",
];

/** Expressions that take polynomial time on some text, but are never applied to text of a client. */
const AUTHORS_ONLY: readonly string[] = [
  // templates of an application or of the index page
  String.raw`\{%-?\s*(\w+)\s*(.*?)\s*-?%\}`,
  String.raw`%(?:\((\w+)\))?([-+ 0#]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])`,
  // modules of applications and their bundles, which html --live reads
  String.raw`\bimport\s*(?:(\*\s*as\s+[\w$]+|[\w$]+|\{[^}]*\})\s*from\s*)?["'](node:[\w/]+)["'];?`,
  String.raw`\s+as\s+`,
  String.raw`\/\/.*$`,
  // the package's own scripts
  String.raw`"(?:\\.|[^"\\\n])*"`,
  String.raw`'(?:\\.|[^'\\\n])*'`,
  "`(?:\\\\[^]|[^`\\\\])*`",
  // errors of the module loader, and the option --log-format
  String.raw`, run again with .*$`,
  String.raw`%\((\w+)\)([-0]*)(\d*)(?:\.(\d+))?([sdif])|%%`,
  // V8 evaluates the lookbehind only at question marks, at which the class ends: linear, as measured with 10 MB of text.
  String.raw`(?<=file:\/\/[^\s"'()?]+)\?[^\s"'():]*`,
];

/** Returns the regular expressions of a file. */
function expressionsIn(path: string, text: string): { pattern: string; flags: string }[] {
  const found: { pattern: string; flags: string }[] = [];
  const rule: Deno.lint.Rule = {
    create: () => ({
      Literal(node) {
        if ("regex" in node && node.regex !== undefined) found.push(node.regex);
      },
    }),
  };
  Deno.lint.runPlugin({ name: "expressions", rules: { collect: rule } }, path, text);
  return found;
}

async function* sourceFiles(folder: URL): AsyncGenerator<URL> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) yield* sourceFiles(new URL(`${name}/`, folder));
    else if (name.endsWith(".ts") && !/_test(_support)?\.ts$/.test(name)) yield new URL(name, folder);
  }
}

Deno.test(
  "regular expressions: take linear time on any text",
  { sanitizeOps: false, sanitizeResources: false },
  async () => {
    const seen = new Map<string, string>();
    const wrong: string[] = [];
    for (const name of PACKAGES) {
      for await (const file of sourceFiles(new URL(`${name}/`, ROOT))) {
        for (const { pattern, flags } of expressionsIn(file.pathname, await Deno.readTextFile(file))) {
          if (AUTHORS_ONLY.includes(pattern) || seen.has(`${pattern}/${flags}`)) continue;
          const { status } = checkSync(pattern, flags, { timeout: 60_000 });
          seen.set(`${pattern}/${flags}`, status);
          if (status !== "safe") {
            wrong.push(
              `${file.pathname.slice(ROOT.pathname.length)}: /${pattern}/${flags} is ${status}`,
            );
          }
        }
      }
    }
    assertEquals(wrong, []);
  },
);
