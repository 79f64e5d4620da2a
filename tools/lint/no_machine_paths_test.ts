import { assertEquals } from "@std/assert";
import { machinePaths } from "./no_machine_paths.ts";

/** Returns a path. It is written in two parts, because the check reads this file too. */
function path(folder: string, rest: string): string {
  return `/${folder}/${rest}`;
}

Deno.test("machinePaths finds absolute paths and registries", () => {
  assertEquals(machinePaths(`see ${path("root", "x.ts")}\nsee ${path("home", "ada/x.ts")}`).length, 2);
  assertEquals(machinePaths(`"resolved": "https://${["registry", "npmjs", "org"].join(".")}/x"`).length, 1);
});

Deno.test("machinePaths accepts relative paths and URL paths", () => {
  assertEquals(machinePaths('import "./work/x.ts";\nimport "../root/x.ts";\nGET /app/root'), []);
});
