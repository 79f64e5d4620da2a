import { assertEquals } from "@std/assert";
import { machinePaths } from "./no_machine_paths.ts";

/** Written in two pieces, so that this file passes its own check. */
function path(folder: string, rest: string): string {
  return `/${folder}/${rest}`;
}

Deno.test("machinePaths finds folders of one machine and registries", () => {
  assertEquals(machinePaths(`see ${path("root", "x.ts")}\nsee ${path("home", "ada/x.ts")}`).length, 2);
  assertEquals(machinePaths(`"resolved": "https://${["registry", "npmjs", "org"].join(".")}/x"`).length, 1);
});

Deno.test("machinePaths leaves relative paths and URL paths alone", () => {
  assertEquals(machinePaths('import "./work/x.ts";\nimport "../root/x.ts";\nGET /app/root'), []);
});
