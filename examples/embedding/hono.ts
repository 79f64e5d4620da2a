/**
 * A Hono site with Bokeh applications: the site has its own routes, and the Bokeh server handles
 * those below `/bokeh`.
 *
 * Run it with `deno run -A examples/embedding/hono.ts`.
 *
 * @module
 */

import { BokehServer } from "@bokeh/server";
import { Hono } from "hono";

const bokeh = new BokehServer({ "/powers": new URL("../powers.ts", import.meta.url) }, { prefix: "/bokeh" });

/**
 * The site. Its pages and the applications have the same origin: no websocket origin needs to be
 * allowed.
 */
export const site = new Hono<{ Bindings: Deno.ServeHandlerInfo }>()
  .get("/", (context) =>
    context.html(`<!DOCTYPE html>
<title>Made with Hono</title>
<h1>Made with Hono</h1>
<div id="plot"></div>
<script type="module">
  import { embed } from "/bokeh/embed.js";
  await embed(document.querySelector("#plot"), "/powers");
</script>`))
  .all("/bokeh/*", (context) => bokeh.fetch(context.req.raw, context.env));

if (import.meta.main) {
  await bokeh.start();
  await Deno.serve({ port: 8000 }, site.fetch).finished;
  await bokeh.stop();
}
