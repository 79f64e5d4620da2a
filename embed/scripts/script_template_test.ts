import { assertEquals } from "@std/assert";
import { includeScripts, inFunction, moreArguments, scriptTemplate, withoutComments } from "./script_template.ts";

Deno.test("scriptTemplate fills constants in", () => {
  const template = scriptTemplate("let x = __FIRST__;\nlet y = [__FIRST__, __SECOND_VALUE__];", [
    "FIRST",
    "SECOND_VALUE",
  ]);
  assertEquals(
    template.fill({ FIRST: '"a"', SECOND_VALUE: "2" }),
    '(() => {\n  let x = "a";\n  let y = ["a", 2];\n})();',
  );
});

Deno.test("scriptTemplate replaces a constant that is spread into arguments together with its comma", () => {
  const template = scriptTemplate("call(1, ...__REST__);", ["REST"]);
  assertEquals(template.fill({ REST: moreArguments([]) }), "(() => {\n  call(1);\n})();");
  assertEquals(template.fill({ REST: moreArguments([null, "</"]) }), '(() => {\n  call(1, null, "\\u003c/");\n})();');
});

Deno.test("includeScripts indents the code of other files", () => {
  assertEquals(includeScripts("a();\n  // include b.js\nc();", { "b.js": "b(\n);" }), "a();\n  b(\n  );\nc();");
});

Deno.test("withoutComments removes lines that contain only a comment", () => {
  assertEquals(
    withoutComments("/** a\n * b\n */\nlet x; // c\n\n  // d\nx = 2 *\n  3;\n"),
    "let x; // c\nx = 2 *\n  3;",
  );
});

Deno.test("withoutComments keeps code behind a comment, and lines that only look like comments", () => {
  const code = [
    "/** @type {X} */ (value).f();",
    "  /* a */ /* b */ g();",
    "/* a */ // b",
    "/** a",
    " * b */ h();",
    "x = 2",
    "  * 3;",
    'x = "`";',
    "const o = {",
    "  *[Symbol.iterator]() {}, // ' and `a",
    "};",
    "const t = `",
    "// text",
    "",
    "  /* text */",
    "* text ${`a`}`;",
    "/** `a` */",
    'x = /["`]/; // "',
  ];
  const kept = code.filter((line) => !line.startsWith("/* a */ //") && line !== "/** a" && line !== "/** `a` */");
  kept[kept.indexOf(" * b */ h();")] = "h();";
  kept[0] = "(value).f();";
  kept[1] = "  g();";
  assertEquals(withoutComments(code.join("\n")), kept.join("\n"));
});

Deno.test("inFunction keeps the names of a script out of the global scope", () => {
  assertEquals(inFunction("let x = 1;\n"), "(() => {\n  let x = 1;\n})();");
});
