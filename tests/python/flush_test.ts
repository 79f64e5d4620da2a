/** `doc.flush()` with Python's `bokeh.client`. */

import { assert, assertEquals } from "@std/assert";
import { ensurePython } from "../../tools/setup/python.ts";
import { ServerProcess } from "../kit/server_process.ts";
import { PythonServer } from "./python_server.ts";

const APP = decodeURIComponent(new URL("../kit/tasks/flush_app.ts", import.meta.url).pathname);
const CLIENT = decodeURIComponent(new URL("flush_client.py", import.meta.url).pathname);

/** The same application for Python's server, which has no `flush`. */
const PYTHON_APP = `
from bokeh.io import curdoc
from bokeh.models import Div, Slider

slider = Slider(name="slider", start=0, end=10, value=0)
label = Div(name="label", text="Ready")

def on_value(attr, old, new):
    if new == 5:
        return
    label.text = f"Computing {new}"
    slider.end = 20
    label.text = f"Computed {new}"
    slider.value = 5

slider.on_change("value", on_value)
curdoc().add_root(slider)
curdoc().add_root(label)
`;

/** What the client prints. */
interface Printed {
  readonly received: readonly [text: string, patch: number][];
  readonly end: number;
  /** Text of the label in a document that the client pulled afterwards. */
  readonly pulled: string;
}

async function runClient(url: string, mode: "loop" | "roundtrip"): Promise<Printed> {
  const command = new Deno.Command(await ensurePython(), { args: ["-W", "ignore", CLIENT, url, mode], stdin: "null" });
  const { success, stdout, stderr } = await command.output();
  const decoder = new TextDecoder();
  assert(success, decoder.decode(stderr));
  return JSON.parse(decoder.decode(stdout));
}

Deno.test("flush() sends a patch of its own to Python's client, whose event loop runs", async () => {
  await using program = await ServerProcess.serve(APP, "--port", "0");
  const { received, end } = await runClient(program.url, "loop");
  assertEquals(received, [["Computing 3", 1], ["Computed 3", 2]]);
  assertEquals(end, 20);
});

Deno.test("Python's client drops the patches of both servers while it waits for a reply", async () => {
  await using program = await ServerProcess.serve(APP, "--port", "0");
  await using python = await PythonServer.serve(PYTHON_APP);
  for (const { url } of [program, python]) {
    assertEquals(await runClient(url, "roundtrip"), { received: [], end: 10, pulled: "Computed 3" });
  }
});
