import { assertEquals } from "@std/assert";
import { findingsIn } from "./check_docs.ts";

Deno.test("findingsIn leaves out findings about other packages", () => {
  const ours =
    "error[missing-jsdoc]: exported symbol is missing JSDoc documentation\n  --> /checkout/mod.ts:1:1\n   |\n\n";
  const theirs = ours.replace("/checkout", "/cache/other");
  assertEquals(findingsIn("/checkout/", `${theirs}${ours}error: Found 2 documentation lint errors.`), [
    `${ours}error: Found 2 documentation lint errors.`,
  ]);
  assertEquals(findingsIn("/checkout/", theirs), []);
});
