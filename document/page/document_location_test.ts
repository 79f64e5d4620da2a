import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  CheckboxGroup,
  DateRangeSlider,
  DateSlider,
  Div,
  MultiChoice,
  Range1d,
  RangeSlider,
  Select,
  Slider,
  Switch,
  Tabs,
  TextInput,
} from "../../models/mod.ts";
import { widgetsAndTools } from "../patches/patch_policy.ts";
import { Application } from "../../application/application.ts";
import { DEFAULT_LIMITS } from "../../common/limits.ts";
import type { PatchEvent } from "../../protocol/patch.ts";
import { withBudget, WorkBudget } from "../../protocol/work_budget.ts";
import { workLimits } from "../../protocol/work_limits.ts";
import { openSession } from "../../testing/mod.ts";
import { Document } from "../document.ts";
import { syncOf } from "../document_sync.ts";
import { PAGE_MESSAGE } from "./page_message.ts";

function app(doc: Document): void {
  const frequency = new Slider({ name: "f", start: 0, end: 10, step: 0.1, value: 1 });
  const range = new RangeSlider({ name: "range", start: 0, end: 1, step: 0.01, value: [0.2, 0.8] });
  const city = new Select({ name: "city", options: ["Oslo", "Rome"], value: "Oslo" });
  const text = new Div({ name: "text", text: "1" });
  frequency.on_change("value", (_attr, _old, value) => text.text = String(value));
  for (const root of [frequency, range, city, text]) doc.add_root(root);
  doc.location.sync({ f: frequency, range, city });
}

Deno.test("location: a link opens the view, and runs the callbacks", async () => {
  await using session = await openSession(app, { arguments: { f: "2.5", range: "0.1,0.3", city: "Rome" } });
  const { doc } = session;
  assertEquals(doc.get_model_by_name<Slider>("f").value, 2.5);
  assertEquals(doc.get_model_by_name<RangeSlider>("range").value, [0.1, 0.3]);
  assertEquals(doc.get_model_by_name<Select>("city").value, "Rome");
  assertEquals(doc.get_model_by_name<Div>("text").text, "2.5");
});

Deno.test("location: widgets change the URL, which omits defaults", async () => {
  await using session = await openSession(app, { arguments: { other: "a b" } });
  const { doc, location } = session;
  await session.set(doc.get_model_by_name<Slider>("f"), "value", 0.1 + 0.2);
  assertEquals(location.search, "?other=a+b&f=0.3");
  await session.set(doc.get_model_by_name<RangeSlider>("range"), "value", [0.5, 0.6]);
  assertEquals(location.search, "?other=a+b&f=0.3&range=0.5,0.6");
  await session.set(doc.get_model_by_name<Slider>("f"), "value", 1);
  assertEquals(location.search, "?other=a+b&range=0.5,0.6");
  assertEquals(session.serverDoc.location.search, "?other=a+b&range=0.5%2C0.6");
  assertEquals(location.length, 4);
});

Deno.test("location: back and forward change the widgets", async () => {
  await using session = await openSession(app);
  const { doc, location } = session;
  const slider = doc.get_model_by_name<Slider>("f");
  await session.set(slider, "value", 3);
  await session.set(slider, "value", 4);
  await location.back();
  assertEquals([slider.value, location.search], [3, "?f=3"]);
  await location.back();
  assertEquals([slider.value, location.search], [1, ""]);
  assertEquals(doc.get_model_by_name<Div>("text").text, "1");
  await location.forward();
  assertEquals([slider.value, location.search], [3, "?f=3"]);
  // callbacks for chosen values run too
  assertEquals(session.serverDoc.get_model_by_name<Slider>("f").value_throttled, 3);
});

Deno.test("location: dragging replaces the entry, releasing adds one", async () => {
  await using session = await openSession(app);
  const slider = session.doc.get_model_by_name<Slider>("f");
  for (const value of [2, 3, 4]) {
    slider.value = value;
    await session.settled();
    assertEquals([session.location.length, session.location.search], [1, `?f=${value}`]);
  }
  await session.set(slider, "value", 5);
  assertEquals([session.location.length, session.location.search], [2, "?f=5"]);
  await session.location.back();
  assertEquals([slider.value, session.location.search], [1, ""]);
});

Deno.test("location: changes by the server replace the entry", async () => {
  await using session = await openSession(app);
  await session.transact((doc) => void (doc.get_model_by_name<Slider>("f").value = 7));
  assertEquals([session.location.length, session.location.search], [1, "?f=7"]);
});

Deno.test("location: all clients follow, and only the user's page gets an entry", async () => {
  await using session = await openSession(app);
  await using other = await session.connect();
  await session.set(session.doc.get_model_by_name<Slider>("f"), "value", 7);
  assertEquals([session.location.length, session.location.search], [2, "?f=7"]);
  assertEquals([other.location.length, other.location.search], [1, "?f=7"]);
  await using late = await session.connect();
  assertEquals(late.location.search, "?f=7");
});

Deno.test("location: values that a widget does not accept are logged and ignored", async () => {
  for (const f of ["11", "x", "", "NaN", "1e999", "0x10", "2,3"]) {
    await using session = await openSession(app, { arguments: { f, city: "<b>Paris\n" } });
    assertEquals(session.doc.get_model_by_name<Slider>("f").value, 1);
    assertEquals(session.doc.get_model_by_name<Select>("city").value, "Oslo");
    const lines = session.logs.filter(({ level }) => level === "warning").map(({ message }) => message);
    assert(lines.some((line) => line.includes("parameter f of the URL")), f);
    assert(lines.some((line) => line.includes('"<b>Paris\\n"')));
    await session.location.open("?f=5");
    assertEquals(session.doc.get_model_by_name<Slider>("f").value, 5);
    await session.location.open(`?f=${encodeURIComponent(f)}`);
    assertEquals(session.doc.get_model_by_name<Slider>("f").value, 1);
    assertEquals(session.location.search, "");
  }
});

Deno.test("location: a select accepts an empty text only if it is an option or the initial value", async () => {
  const select = (options: Select["options"], value: string) => (doc: Document) => {
    const city = new Select({ name: "city", options, value });
    doc.add_root(city);
    doc.location.sync({ city });
  };
  const initial: [Select["options"], string, accepted: boolean][] = [
    [["Oslo", "Rome"], "Oslo", false],
    [["", "Oslo", "Rome"], "Oslo", true],
    [[["", "All"], "Rome"], "Rome", true],
    [{ South: ["Oslo", "Rome"], Other: [["", "None"]] }, "Oslo", true],
    [["Oslo", "Rome"], "", true],
  ];
  for (const [options, value, accepted] of initial) {
    await using session = await openSession(select(options, value), { arguments: { city: "" } });
    const city = session.doc.get_model_by_name<Select>("city");
    assertEquals(city.value, accepted ? "" : value);
    const isIgnored = session.logs.some(({ message }) => message.includes("Ignored the parameter city"));
    assertEquals(isIgnored, !accepted, JSON.stringify(options));
    await session.location.open("?city=Rome");
    assertEquals(city.value, "Rome");
    await session.location.open("?city=");
    assertEquals(city.value, accepted ? "" : value);
    // a page without the parameter has the initial value
    await session.location.open("?city=Rome");
    await session.location.open("?");
    assertEquals(city.value, value);
  }
});

Deno.test("location: each type has its text", async () => {
  const day = Date.UTC(2024, 2, 1);
  const build = (doc: Document) => {
    const models = {
      name: new TextInput({ value: "a" }),
      on: new Switch({ active: false }),
      day: new DateSlider({ start: 0, end: 2 * day, value: day }),
      days: new DateRangeSlider({ start: 0, end: 2 * day, value: [day, day] }),
      tags: new MultiChoice({ options: ["a,b", "c%", "", "'"], value: [] }),
      boxes: new CheckboxGroup({ labels: ["a", "b"], active: [] }),
      x: new Range1d({ start: 0, end: 1 }),
    };
    for (const [name, model] of Object.entries(models)) {
      model.name = name;
      doc.add_root(model);
    }
    doc.location.sync(models);
  };
  const values = {
    name: ["value", "ä & ?", "%C3%A4+%26+%3F"],
    on: ["active", true, "true"],
    day: ["value", day + 90_000, "2024-03-01T00:01:30Z"],
    days: ["value", [day, day + 86_400_000], "2024-03-01,2024-03-02"],
    tags: ["value", ["a,b", "c%", "", "'"], "a%252Cb,c%2525,%27%27,%2527"],
    boxes: ["active", [0, 1], "0,1"],
    x: ["start", -2.5, "-2.5,1"],
  } as const;
  for (const [name, [attr, value, text]] of Object.entries(values)) {
    await using session = await openSession(build);
    const model = session.doc.get_model_by_name(name)!;
    model.setv(attr, value, { changeSource: {} });
    await session.settled();
    assertEquals(session.location.search, `?${name}=${text}`);
    const { searchParams } = new URL(session.location.href);
    await using again = await openSession(build, { arguments: Object.fromEntries(searchParams) });
    assertEquals(again.doc.get_model_by_name(name)!.get(attr), value);
  }
});

Deno.test("location: a hostile report is refused, and cannot change what the client may not", async () => {
  const application = new Application(
    (doc) => {
      const tabs = new Tabs({ name: "tabs", tabs: [], tabs_location: "above" });
      const text = new Div({ name: "text", text: "a" });
      doc.add_root(tabs);
      doc.add_root(text);
      doc.location.sync({ tab: tabs, t: [text, "text"] });
    },
    { acceptPatch: widgetsAndTools },
  );
  await using session = await openSession(application);
  const malformed = [null, {}, [], ["location"], ["location", "x", "/", "", ""], ["location", "open", 1, 2, 3]];
  for (const content of [...malformed, ["location", "navigate", "/", "?".padEnd(20_000, "a"), ""]]) {
    await assertRejects(() => session.message("bokeh_server", content), Error, "Cannot apply message of a page");
  }
  await assertRejects(() => session.location.open("?t=b"), Error, "not allowed");
  assertEquals(session.doc.get_model_by_name<Div>("text").text, "a");
});

Deno.test("location: short reports charge the work of reading options and of writing long values", () => {
  const doc = new Document();
  const options = Array.from({ length: 2000 }, (_, i) => `option ${i}`);
  const choice = new MultiChoice({ options, value: [] });
  doc.add_root(choice);
  doc.location.sync({ choice });
  const report = (reason: string, count: number) => {
    const event: PatchEvent = {
      kind: "MessageSent",
      msg_type: PAGE_MESSAGE,
      msg_data: ["location", reason, "", "", ""],
    };
    const events = Array.from({ length: count }, () => event);
    const budget = new WorkBudget(workLimits(DEFAULT_LIMITS), JSON.stringify(events).length);
    withBudget(budget, () => syncOf(doc).changesOfPage(events, {}));
  };
  report("navigate", 1);
  assertThrows(() => report("navigate", 1000), Error, "steps of work");
  choice.value = Array.from({ length: 200_000 }, (_, i) => `option ${i}`);
  report("open", 1);
  assertThrows(() => report("open", 200), Error, "steps of work");
});

Deno.test("location: leaves long values out of the URL, and returns to a long default", async () => {
  const options = Array.from({ length: 2000 }, (_, i) => `option ${i}`);
  await using session = await openSession((doc) => {
    const choice = new MultiChoice({ options, value: options.slice(1) });
    doc.add_root(choice);
    doc.location.sync({ choice });
  });
  const choice = session.doc.select_one(MultiChoice);
  await session.set(choice, "value", options.slice(0, 2));
  assertEquals(session.location.search, "?choice=option+0,option+1");
  await session.set(choice, "value", options);
  assertEquals(session.location.search, "");
  assert(session.logs.some(({ message }) => message.includes("its text has more than 2000 characters")));
  await session.location.open("?choice=none");
  assertEquals(choice.value, options.slice(1));
});

Deno.test("location: the application reads the URL and opens others", async () => {
  const seen: string[] = [];
  await using session = await openSession((doc) => {
    doc.location.on_change(() => void seen.push(doc.location.search + doc.location.hash));
    doc.add_root(new Slider({ start: 0, end: 1, value: 0 }));
  }, { arguments: { a: "1", "bokeh-session-id": "secret" } });
  assertEquals(session.serverDoc.location.search, "?a=1");
  await session.location.open("?a=2#part");
  assertEquals(seen, ["?a=2#part"]);
  await session.transact((doc) => void (doc.location.hash = "top"));
  assertEquals(session.location.hash, "#top");
  await session.transact((doc) => doc.location.navigate("/other?x=1"));
  assertEquals(session.location.visited, ["/other?x=1"]);
  assertThrows(() => session.serverDoc.location.navigate("javascript:alert(1)"), TypeError, "scheme");
});

Deno.test("location: refuses what has no text", async () => {
  await using session = await openSession((doc) => doc.add_root(new Div()));
  const { location } = session.serverDoc;
  assertThrows(() => location.sync({ a: new Div() }), TypeError, "state the attribute");
  assertThrows(() => location.sync({ a: [new Div(), "styles"] }), TypeError, "no short text");
  assertThrows(() => location.sync({ a: [new Div(), "nothing"] }), TypeError, "no attribute nothing");
  assertThrows(() => location.sync({ "bokeh-x": new Slider({ start: 0, end: 1, value: 0 }) }), RangeError);
});
