import { assertEquals } from "@std/assert";
import { isWatched } from "./development.ts";

Deno.test("isWatched takes sources, pages, styles and data", () => {
  for (const name of ["app.ts", "hooks.js", "index.html", "style.css", "theme.yaml", "theme.json"]) {
    assertEquals(isWatched(`dash/${name}`), true, name);
  }
});

Deno.test("isWatched leaves logs, packages and what editors leave behind", () => {
  for (const path of ["dash/server.log", "dash/.app.ts.swp", "dash/node_modules/x/index.js", "dash/.git/x.json"]) {
    assertEquals(isWatched(path), false, path);
  }
});
