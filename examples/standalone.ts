/**
 * A program that serves an application. `deno compile` turns it into a single executable file.
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
console.log(`Serving powers at ${server.url}powers`);
// Drains: sessions are destroyed and websockets are closed before the program ends.
Deno.addSignalListener("SIGTERM", () => server.stop());
await server.finished;
