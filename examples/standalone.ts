/**
 * A program that is a server with its application: `deno compile` makes one file of it.
 *
 * ```sh
 * deno compile --allow-net=0.0.0.0 --allow-env --output powers examples/standalone.ts
 * ```
 *
 * @module
 */

import { serveBokeh } from "@bokeh/server";
import powers from "./powers.ts";

await using server = await serveBokeh({ "/powers": powers }, { port: Number(Deno.env.get("PORT") ?? 5006) });
console.log(`Powers are at ${server.url}powers`);
Deno.addSignalListener("SIGTERM", () => server.stop());
await server.finished;
