/** This server with `sessionCreation: "connect"`. Arguments: the port and the files of the applications. */

import { serveBokeh } from "@bokeh/server";

const [port, ...applications] = Deno.args;
const byPath = applications.map((file) => [`/${file.replace(/^.*\//, "").replace(/\.ts$/, "")}`, file]);
await using server = await serveBokeh(Object.fromEntries(byPath), { port: Number(port), sessionCreation: "connect" });
await server.finished;
