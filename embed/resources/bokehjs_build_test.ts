import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { encodeBase64, encodeHex } from "@std/encoding";
import { BOKEH_VERSION } from "../../protocol/version.ts";
import { type BokehjsBuild, BUNDLE_NAMES, findBundle, PACKAGED_BOKEHJS } from "./bokehjs_build.ts";
import { readBokehjs } from "./bokehjs_folder.ts";

/**
 * Hashes that Bokeh publishes for the scripts of 3.10.0 on its CDN: `bokeh/_sri/3.10.0.json` in
 * Python's package.
 */
const PUBLISHED = {
  "bokeh.min.js": "M5Q3NRjtlnhIwIYbaZE/Y3bvxTeL1dzY7n5yWExeSxGMR9aE0zFOToS2WXvDqj6g",
  "bokeh-gl.min.js": "OA/vIMoeHN5Cy9Cvu0tgjGy4eeqyFUTZ1NUgvM8Hr1ceaQUbWlWDeSwrwy8X6h5O",
  "bokeh-widgets.min.js": "mULTBCDvhXZHyLQg1KHDDQMkmFdyo/LkhWvu245XRZ0XKRARCsjLKMfovyi8mOAk",
  "bokeh-tables.min.js": "iWYzaYSJ0RIJAxOAVZ9z2g13EqoucKLpzfhbVX6sqCm3cvxiSWuphX00Tou7oydU",
  "bokeh-mathjax.min.js": "/oBQLVnyMIBjB6bkSmyQ1I+79o09R5rGvrumclGiIi0QUAC2CasyyOrOTTZct06H",
  "bokeh-api.min.js": "jHo2qguKkKU64iwOvrgL2LfNAEBNoNg4VRZYGgDJAvShaPzz8o2ckks01TTJ9WJ9",
};

Deno.test("PACKAGED_BOKEHJS has the bytes whose hashes Bokeh publishes", async () => {
  assertEquals([...PACKAGED_BOKEHJS.bundles.keys()], [...BUNDLE_NAMES]);
  for (const [name, bundle] of PACKAGED_BOKEHJS.bundles) {
    const bytes = await bundle.bytes();
    assertEquals(bundle.size, bytes.length, name);
    assertEquals(bundle.sha384, encodeBase64(await crypto.subtle.digest("SHA-384", bytes)), name);
    assertEquals(bundle.sha512, encodeHex(await crypto.subtle.digest("SHA-512", bytes)), name);
  }
  assertEquals(
    Object.fromEntries([...PACKAGED_BOKEHJS.bundles].map(([name, { sha384 }]) => [name, sha384])),
    PUBLISHED,
  );
});

Deno.test("BOKEH_VERSION is the version of the packaged scripts", async () => {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, { bytes }] of PACKAGED_BOKEHJS.bundles) await Deno.writeFile(`${folder}/${name}`, await bytes());
    const build = await readBokehjs(folder);
    assertEquals([build.version, PACKAGED_BOKEHJS.version], [BOKEH_VERSION, BOKEH_VERSION]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("findBundle returns a minified script for one that is not minified only if the build lacks that", () => {
  const [min, plain] = ["min", "plain"].map((sha384) => ({
    size: 0,
    sha384,
    sha512: "",
    bytes: () => Promise.reject(),
  }));
  const build = (names: BokehjsBuild["bundles"]): BokehjsBuild => ({ version: "3.10.0", bundles: names });
  const npm = build(new Map([["bokeh.min.js", min!]]));
  const python = build(new Map([["bokeh.min.js", min!], ["bokeh.js", plain!]]));
  assertEquals(["bokeh.js", "bokeh.min.js"].map((name) => findBundle(npm, name)), [min, min]);
  assertEquals(["bokeh.js", "bokeh.min.js"].map((name) => findBundle(python, name)), [plain, min]);
  for (const name of ["constructor", "__proto__", "", "other.js"]) assertEquals(findBundle(npm, name), undefined, name);
});

Deno.test("readBokehjs reports missing files and different versions in a folder", async () => {
  const folder = await Deno.makeTempDir();
  const refused = async (message: string) => assertStringIncludes((await refusal(folder)).message, message);
  try {
    await refused("it holds neither js/bokeh.min.js nor bokeh.min.js");
    await Deno.writeTextFile(`${folder}/bokeh.min.js`, 'version="3.10.2"');
    await refused("it lacks bokeh-gl.min.js, bokeh-widgets.min.js");
    for (const name of BUNDLE_NAMES) await Deno.writeTextFile(`${folder}/${name}`, 'factory(root["Bokeh"], "3.10.2")');
    assertEquals((await readBokehjs(folder)).version, "3.10.2");
    await Deno.writeTextFile(`${folder}/bokeh-gl.min.js`, 'factory(root["Bokeh"], "3.10.1")');
    await refused("bokeh.min.js is of version 3.10.2, bokeh-gl.min.js of 3.10.1");
    await Deno.writeTextFile(`${folder}/bokeh-gl.min.js`, "");
    await refused("bokeh-gl.min.js states no version");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

async function refusal(folder: string): Promise<Error> {
  const error = await assertRejects(() => readBokehjs(folder), TypeError);
  assert(error.message.includes(folder));
  return error;
}
