import { assert, assertEquals } from "@std/assert";
import { commandOf, publishedCommand, type Tools, twin } from "./commands.ts";
import { PublishedPackage } from "./published_package.ts";

const tools: Tools = { python: "python", recording: "", published: new PublishedPackage() };

/** Returns the arguments of the command after the file of the application. */
function further(own: Parameters<typeof commandOf>[3]): string[] {
  const command = commandOf("ours", twin("sliders"), tools, own)(5006);
  return command.slice(command.findIndex((argument) => argument.endsWith("/sliders.ts")) + 1);
}

Deno.test("commandOf: starts several processes with metrics, and a session store with signed ids", () => {
  const listen = ["--port", "5006", "--log-level", "error"];
  assertEquals(further({}), listen);
  assertEquals(further({ processes: 2 }).slice(listen.length), [
    "--num-procs",
    "2",
    "--session-creation",
    "connect",
    "--metrics",
  ]);
  assertEquals(further({ store: "sqlite:a" }), [...listen, "--session-store", "sqlite:a", "--session-ids", "signed"]);
});

Deno.test("publishedCommand: runs the program of the installation, not this checkout", () => {
  const command = publishedCommand({ command: ["deno", "run"], program: "jsr:@bokeh/server", folder: "/a" }, "sliders");
  assertEquals(command(1).slice(0, 5), ["deno", "run", "jsr:@bokeh/server", "serve", "/a/sliders.ts"]);
  assert(command(1).includes("--port"));
});
