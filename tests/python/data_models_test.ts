/** Model classes that applications define, in Python and in this package. */

import { assert, assertEquals } from "@std/assert";
import { serveBokeh } from "@bokeh/server";
import { pullSession } from "@bokeh/server/client";
import { dataModel, Div } from "@bokeh/server/models";
import type { Model } from "../../models/base/model.ts";
import { ensurePython } from "../../tools/setup/python.ts";
import { openBrowser, openPage } from "../browser/browser.ts";
import { PythonServer } from "./python_server.ts";

/** Playwright does not close its connection and timers during a test. */
const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };

const CLASSES = `
from bokeh.core.properties import Instance, Int, List, Nullable, Override, String
from bokeh.model import DataModel

class Place(DataModel):
    street = String(default="?")

class Inhabitant(DataModel):
    first = String()
    age = Int(default=3)
    friends = List(String, default=[])
    home = Nullable(Instance(Place), default=None)

class Child(Inhabitant):
    age = Override(default=7)
    toy = String(default="bear")
`;

const PYTHON_APP = `${CLASSES}
from bokeh.io import curdoc
from bokeh.models import Div

ada = Inhabitant(first="Ada", home=Place(street="Main Street"), name="ada")
ada.on_change("age", lambda attr, old, new: setattr(ada, "friends", ["older"]))
curdoc().add_root(Div(tags=[ada, Child(first="Bo", name="bo")]))
`;

const PYTHON_CLIENT = `${CLASSES}
import json, sys
from bokeh.client import pull_session

with pull_session(url=sys.argv[1]) as session:
    bob = session.document.select_one({"name": "bob"})
    child = session.document.select_one({"name": "bo"})
    print(json.dumps([type(bob).__name__, bob.first, bob.age, bob.friends, bob.home.street, type(child).__name__, child.age, child.toy]))
`;

const LATE_PYTHON_CLIENT = `
import json, sys
from bokeh.client import pull_session
from bokeh.core.properties import Instance, Nullable, String
from bokeh.model import DataModel

class LateHome(DataModel):
    street = String(default="?")

class Latecomer(DataModel):
    first = String(default="")
    home = Nullable(Instance(LateHome), default=None)

with pull_session(url=sys.argv[1], session_id=sys.argv[2]) as session:
    div = session.document.select_one({"name": "div"})
    session.document.title = "more"
    session._connection._loop_until(lambda: len(div.tags) > 0 or not session._connection.connected)
    print(json.dumps([[type(tag).__name__, tag.first, tag.home.street] for tag in div.tags]))
`;

/** Runs a Python program and returns the JSON that it prints. */
async function runPython(program: string, ...args: string[]): Promise<unknown> {
  const signal = AbortSignal.timeout(60_000); // Python's client waits forever after a patch that it cannot decode.
  const python = new Deno.Command(await ensurePython(), { args: ["-c", program, ...args], signal });
  const { stdout, stderr } = await python.output();
  const printed = new TextDecoder().decode(stdout);
  assert(printed !== "", new TextDecoder().decode(stderr));
  return JSON.parse(printed);
}

Deno.test("data models: classes of Python's documents are known here", async () => {
  await using server = await PythonServer.serve(PYTHON_APP);
  await using session = await pullSession({ url: server.url });
  const ada: Model = session.document.get_model_by_name("ada")!;
  assertEquals([ada.type.split(".").at(-1), ada.get("first"), ada.get("age")], ["Inhabitant", "Ada", 3]);
  assertEquals((ada.get("home") as Model).get("street"), "Main Street");
  const bo: Model = session.document.get_model_by_name("bo")!;
  assertEquals([bo.get("age"), bo.get("toy")], [7, "bear"]);
  ada.set("age", 4);
  await session.flushed();
  assertEquals(ada.get("friends"), ["older"]);
});

Deno.test("data models: classes defined here reach Python and browsers", SANITIZERS, async () => {
  const Place = dataModel("Place", { street: "?" });
  const Inhabitant = dataModel("Inhabitant", {
    first: "",
    age: 3,
    friends: [] as string[],
    home: null as Model | null,
  });
  const Child = dataModel("Child", { age: 7, toy: "bear" }, Inhabitant);
  await using server = await serveBokeh({
    "/app": (doc) => {
      const home = new Place({ street: "High Street" });
      doc.add_root(
        new Div({
          tags: [new Inhabitant({ name: "bob", first: "Bob", home, friends: ["Ada"] }), new Child({ name: "bo" })],
        }),
      );
    },
  }, { port: 0 });
  const url = new URL("/app", server.url).href;
  assertEquals(await runPython(PYTHON_CLIENT, url), [
    "Inhabitant",
    "Bob",
    3,
    ["Ada"],
    "High Street",
    "Child",
    7,
    "bear",
  ]);

  await using browser = await openBrowser();
  const { page, problems } = await openPage(browser, url);
  assertEquals(problems, []);
  assertEquals(await page.evaluate("Bokeh.documents[0].get_model_by_name('bob').home.street"), "High Street");
  assertEquals(await page.evaluate("Bokeh.documents[0].get_model_by_name('bo').age"), 7);
});

Deno.test("data models: classes defined during a session reach Python and clients of this package with their models", async () => {
  await using server = await serveBokeh({
    "/app": (doc) => {
      const div = new Div({ name: "div" });
      doc.add_root(div);
      doc.on_change((event) => {
        if (event.kind !== "TitleChanged") return;
        const Home = dataModel("LateHome", { street: "?" });
        const Latecomer = dataModel("Latecomer", { first: "", home: null as Model | null });
        div.tags = [new Latecomer({ first: "Eve", home: new Home({ street: "Side Street" }) })];
      });
    },
  }, { port: 0 });
  const url = new URL("/app", server.url).href;
  await using session = await pullSession({ url });
  assertEquals(await runPython(LATE_PYTHON_CLIENT, url, session.id), [["Latecomer", "Eve", "Side Street"]]);
  await session.forceRoundtrip();
  const [model] = session.document.get_model_by_name<Div>("div").tags as Model[];
  assertEquals([model!.get("first"), (model!.get("home") as Model).get("street")], ["Eve", "Side Street"]);
});
