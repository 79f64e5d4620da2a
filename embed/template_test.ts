import { assertEquals, assertRejects } from "@std/assert";
import { renderTemplate } from "./template.ts";

Deno.test("renderTemplate fills a template in", async () => {
  assertEquals(
    await renderTemplate("{{ title }}: {{ items | length }}", { title: "<Index>", items: [1, 2] }),
    "&lt;Index&gt;: 2",
  );
});

Deno.test("renderTemplate says where a template is wrong", async () => {
  await assertRejects(
    () => renderTemplate("<h1>\n{{ title( }}", {}),
    SyntaxError,
    "Cannot render the template at line 2, column 11: unexpected token: }}",
  );
  await assertRejects(
    () => renderTemplate("{{ embed(roots.sales) }}", { roots: [] }),
    SyntaxError,
    "Cannot embed a root",
  );
});
