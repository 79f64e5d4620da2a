import { assertMatch, assertStringIncludes } from "@std/assert";
import config from "../../deno.json" with { type: "json" };

const ROOT = new URL("../../", import.meta.url);

/** The files whose projects use the package in the version of this checkout. */
const PROJECTS = [
  "README.md",
  "docs/first_steps.md",
  "examples/extensions/surface3d/deno.json",
  "tests/kit/project_folder.ts",
  "tests/processes/project_test.ts",
];

Deno.test("CHANGELOG.md has a dated section of the version in deno.json", async () => {
  const changelog = await Deno.readTextFile(new URL("CHANGELOG.md", ROOT));
  const version = config.version.replaceAll(".", "\\.");
  assertMatch(changelog, new RegExp(`^## \\[${version}\\] - \\d{4}-\\d{2}-\\d{2}$`, "m"));
});

Deno.test("projects use the version in deno.json", async () => {
  for (const path of PROJECTS) {
    assertStringIncludes(
      await Deno.readTextFile(new URL(path, ROOT)),
      `jsr:@bokeh/server@^${config.version}"`,
      path,
    );
  }
});
