import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { encodeHex } from "@std/encoding";
import { BOKEH_VERSION } from "../protocol/version.ts";
import { BUNDLE_NAMES, bundleBytes, bundleText, isBundleName } from "./bokehjs.ts";
import { BUNDLES } from "./gen/bundles.ts";

Deno.test("BUNDLES has the sizes and hashes of the bundles as they are served", async () => {
  assertEquals(Object.keys(BUNDLES), [...BUNDLE_NAMES]);
  for (const name of BUNDLE_NAMES) {
    const bytes = await bundleBytes(name);
    const sha512 = encodeHex(await crypto.subtle.digest("SHA-512", bytes));
    assertEquals(BUNDLES[name], { size: bytes.length, sha512 }, name);
  }
});

Deno.test("bundleText gives all bundles the version that the server speaks", async () => {
  for (const name of BUNDLE_NAMES) {
    const text = await bundleText(name);
    assertStringIncludes(text, `"${BOKEH_VERSION}"`, name);
    assert(!text.includes('"3.10.0"'), name);
  }
});

Deno.test("isBundleName knows bundles only", () => {
  assert(isBundleName("bokeh.min.js"));
  for (const name of ["bokeh.js", "constructor", "__proto__", ""]) assert(!isBundleName(name), name);
});
