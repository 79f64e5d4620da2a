import { assertEquals, assertThrows } from "@std/assert";
import { readKnownFailures } from "./conformance.ts";

Deno.test("readKnownFailures requires a reason for each test", () => {
  const text = "# a comment\n\ntest_ws.py::test_one[a b]  # its reason\n";
  assertEquals(readKnownFailures(text), [{ test: "test_ws.py::test_one[a b]", reason: "its reason" }]);
  assertThrows(() => readKnownFailures("test_ws.py::test_one\n"), SyntaxError, "no reason");
});

Deno.test("every test in known_failures.txt exists in the suite", async () => {
  const suite = new URL("../../tests/conformance/", import.meta.url);
  for (const { test } of readKnownFailures(await Deno.readTextFile(new URL("known_failures.txt", suite)))) {
    const [file, name] = test.split("::");
    const source = await Deno.readTextFile(new URL(file!, suite));
    assertEquals(source.includes(`def ${name!.split("[")[0]}(`), true, test);
  }
});
