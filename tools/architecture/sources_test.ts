import { assertEquals } from "@std/assert";
import { describeSource } from "./sources.ts";

Deno.test("describeSource reads imports of values, of types and at run time", () => {
  const source = describeSource(
    "session/session.ts",
    [
      'import { Document, type Origin } from "../document/document.ts";',
      'import type { Frame } from "../protocol/frame.ts";',
      "import {",
      "  type A,",
      "  type B,",
      '} from "./types.ts";',
      'import "../models/side_effect.ts";',
      'import { assert } from "@std/assert";',
      'export { Session } from "./other.ts";',
      "/** An example: ",
      ' * import { x } from "../server/never.ts";',
      " */",
      '// and import("../server/never.ts")',
      'export async function late() { return await import("../cli/main.ts"); }',
    ].join("\n"),
  );
  assertEquals(source.imports, [
    { path: "document/document.ts", layer: "document", typesOnly: false, dynamic: false },
    { path: "protocol/frame.ts", layer: "protocol", typesOnly: true, dynamic: false },
    { path: "session/types.ts", layer: "session", typesOnly: true, dynamic: false },
    { path: "models/side_effect.ts", layer: "models", typesOnly: false, dynamic: false },
    { path: "@std/assert", layer: undefined, typesOnly: false, dynamic: false },
    { path: "session/other.ts", layer: "session", typesOnly: false, dynamic: false },
    { path: "cli/main.ts", layer: "cli", typesOnly: false, dynamic: true },
  ]);
});

Deno.test("describeSource counts exported names once", () => {
  const source = describeSource(
    "session/x.ts",
    "export function f(a: string): void;\nexport function f(a: number): void;\nexport interface I {}\nexport { a, b };\n",
  );
  assertEquals(source.exports, 4);
  assertEquals(source.lines, 4);
});
