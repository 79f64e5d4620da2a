import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { getLogger } from "@logtape/logtape";
import { type Document, without_document_lock } from "@bokeh/server";
import { DoubleTap, MenuItemClick } from "@bokeh/server/events";
import {
  Button,
  CheckboxButtonGroup,
  ColumnDataSource,
  Div,
  Dropdown,
  FileInput,
  RadioGroup,
  Slider,
  TextInput,
  Toggle,
} from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";
import sliders from "../examples/sliders.ts";
import { openSession } from "./open_session.ts";
import { serveApp } from "./serve_app.ts";

/** Returns an application with a slider and a text. `extra` may add callbacks and models. */
function app(extra: (doc: Document, parts: { slider: Slider; text: Div }) => void = () => {}): (doc: Document) => void {
  return (doc) => {
    const slider = new Slider({ name: "slider", start: 0, end: 100, value: 1 });
    const text = new Div({ name: "text", text: "" });
    doc.add_root(slider);
    doc.add_root(text);
    extra(doc, { slider, text });
  };
}

function slider(doc: Document): Slider {
  return doc.get_model_by_name<Slider>("slider");
}

function text(doc: Document): string {
  return doc.get_model_by_name<Div>("text").text;
}

/** Waits for work outside of this thread, as an application does that calls another service. */
async function externalWork(): Promise<void> {
  await Deno.stat(new URL(import.meta.url));
}

Deno.test("openSession runs callbacks of a change, and applies their changes", async () => {
  await using session = await openSession(sliders);
  const { doc } = session;
  const before = [...doc.select_one(ColumnDataSource).data.y!];
  doc.get_model_by_name<Slider>("amplitude").value = 2;
  await session.settled();
  const after = [...doc.select_one(ColumnDataSource).data.y!];
  assertAlmostEquals(Number(after[10]), 2 * Number(before[10]), 1e-6);
});

Deno.test("openSession receives documents of any size", async () => {
  const length = 3_000_000;
  await using session = await openSession((doc: Document) => {
    const plot = figure();
    plot.line({ x: "x", y: "x", source: { x: new Float64Array(length) } });
    doc.add_root(plot);
  });
  assertEquals(session.doc.select_one(ColumnDataSource)!.length, length);
});

Deno.test("openSession gives access to columns by name", async () => {
  await using session = await openSession(sliders);
  const before: number = session.doc.select_one(ColumnDataSource).data.y[1];
  session.doc.get_model_by_name<Slider>("freq").value = 2;
  await session.settled();
  assert(session.doc.select_one(ColumnDataSource).data.y[1] > before);
});

Deno.test("the client of openSession has a document of its own", async () => {
  await using session = await openSession(app());
  assert(slider(session.doc) !== slider(session.serverDoc));
  slider(session.doc).value = 5;
  assertEquals(slider(session.serverDoc).value, 1);
  await session.settled();
  assertEquals(slider(session.serverDoc).value, 5);
});

Deno.test("settled() waits for async callbacks and next-tick callbacks", async () => {
  await using session = await openSession(app((doc, { slider, text }) => {
    slider.on_change("value", async () => {
      text.text = "working";
      await externalWork();
      await externalWork();
      text.text = "done";
      doc.add_next_tick_callback(async () => {
        await externalWork();
        text.text += " and ticked";
      });
    });
  }));
  slider(session.doc).value = 2;
  await session.settled();
  assertEquals(text(session.doc), "done and ticked");
});

Deno.test("settled() does not wait for periodic callbacks and timeouts", async () => {
  await using session = await openSession(app((doc, { slider, text }) => {
    doc.add_periodic_callback(() => slider.value = Number(slider.value) + 1, 100);
    doc.add_timeout_callback(() => text.text = "late", 250);
  }));
  await session.settled();
  assertEquals([slider(session.doc).value, text(session.doc)], [1, ""]);
  await session.clock.tick(240);
  assertEquals([slider(session.doc).value, text(session.doc)], [3, ""]);
  await session.clock.tick(10);
  assertEquals([slider(session.doc).value, text(session.doc)], [3, "late"]);
});

Deno.test("tick() waits for each async periodic callback before the next", async () => {
  const steps: string[] = [];
  await using session = await openSession(app((doc, { slider }) => {
    doc.add_periodic_callback(async () => {
      steps.push("begin");
      await externalWork();
      slider.value = Number(slider.value) + 1;
      steps.push("end");
    }, 100);
  }));
  await session.clock.tick(300);
  assertEquals(steps.join(" "), "begin end begin end begin end");
  assertEquals(slider(session.doc).value, 4);
});

Deno.test("settled() reports callbacks that cause further callbacks without end", async () => {
  await using session = await openSession(app((doc, { slider }) => {
    const again = () => doc.add_next_tick_callback(again);
    slider.on_change("value", again);
  }));
  slider(session.doc).value = 2;
  await assertRejects(() => session.settled(), Error, "without end");
  await session.transact((doc) => doc.session_callbacks.forEach((callback) => doc.remove_next_tick_callback(callback)))
    .catch(() => {});
});

Deno.test("click() clicks buttons", async () => {
  await using session = await openSession(app((doc, { text }) => {
    const button = new Button({ name: "button" });
    button.on_click(() => text.text += "!");
    doc.add_root(button);
    doc.add_root(new Button({ name: "off", disabled: true }));
  }));
  const button = session.doc.get_model_by_name<Button>("button");
  await session.click(button);
  await session.click(button);
  assertEquals(text(session.doc), "!!");
  const off = session.doc.get_model_by_name<Button>("off");
  await assertRejects(() => session.click(off), Error, "it is disabled");
  await assertRejects(() => session.click(slider(session.doc)), TypeError, "a click on a Slider has no effect");
});

Deno.test("click() accepts the index, label or value of a menu item, and rejects all else", async () => {
  await using session = await openSession((doc) => {
    const log = new Div({ name: "text" });
    const menu = new Dropdown({ name: "menu", menu: [["One", "1"], null, ["Two", "2"]] });
    menu.on_event(MenuItemClick, (event) => log.text += event.item);
    doc.add_root(log);
    doc.add_root(menu);
  });
  const menu = session.doc.get_model_by_name<Dropdown>("menu");
  for (const item of ["One", "2", 2]) await session.click(menu, item);
  assertEquals(text(session.doc), "122");
  for (const item of ["Three", 1, 3]) {
    await assertRejects(() => session.click(menu, item), RangeError, "give the index, the label or the value");
  }
});

Deno.test("click() changes switches, groups and menus", async () => {
  await using session = await openSession(app((doc, { text }) => {
    const toggle = new Toggle({ name: "toggle" });
    toggle.on_click((active) => text.text += ` toggle ${active}`);
    const radio = new RadioGroup({ name: "radio", labels: ["a", "b"], active: 0 });
    radio.on_change("active", (_attr, _old, active) => text.text += ` radio ${active}`);
    const boxes = new CheckboxButtonGroup({ name: "boxes", labels: ["x", "y", "z"], active: [2] });
    boxes.on_change("active", (_attr, _old, active) => text.text += ` boxes ${active}`);
    const menu = new Dropdown({ name: "menu", menu: ["one", "two"] });
    menu.on_event(MenuItemClick, (event) => text.text += ` menu ${event.item}`);
    for (const model of [toggle, radio, boxes, menu]) doc.add_root(model);
  }));
  const { doc } = session;
  await session.click(doc.get_model_by_name<Toggle>("toggle"));
  await session.click(doc.get_model_by_name<RadioGroup>("radio"), "b");
  const boxes = doc.get_model_by_name<CheckboxButtonGroup>("boxes");
  await session.click(boxes, 0);
  await session.click(boxes, "z");
  await session.click(doc.get_model_by_name<Dropdown>("menu"), "two");
  assertEquals(text(doc), " toggle true radio 1 boxes 0,2 boxes 0 menu two");
  await assertRejects(() => session.click(boxes, "w"), RangeError, "give the index or the label");
});

Deno.test("set() sets attributes that are read-only for code, and throttled ones", async () => {
  await using session = await openSession(app((doc, { slider, text }) => {
    const file = new FileInput({ name: "file" });
    file.on_change("value", (_attr, _old, value) => text.text += ` file ${value}`);
    slider.on_change("value_throttled", (_attr, _old, value) => text.text += ` throttled ${value}`);
    doc.add_root(file);
  }));
  const { doc } = session;
  await session.set(doc.get_model_by_name<FileInput>("file"), "value", "aGk=");
  await session.set(slider(doc), "value", 7);
  assertEquals(text(doc), " file aGk= throttled 7");
  await assertRejects(() => session.set(slider(session.serverDoc), "value", 7), Error, "not a model of this client");
});

Deno.test("event() sends events that the application has subscribed to", async () => {
  await using session = await openSession(app((doc, { text }) => {
    const plot = figure({ name: "plot" });
    plot.on_event(DoubleTap, (event) => text.text = `${event.x} ${event.y}`);
    doc.add_root(plot);
  }));
  const model = session.doc.get_model_by_name("plot")!;
  await session.event(
    new DoubleTap({ model, x: 1, y: 2, sx: 3, sy: 4, modifiers: { alt: false, ctrl: false, shift: false } }),
  );
  assertEquals(text(session.doc), "1 2");
});

Deno.test("message() sends a message to the application, and the client receives its messages", async () => {
  await using session = await openSession(app((doc) => {
    doc.on_message("ask", (data) => doc.send_message("answer", { received: data }));
  }));
  const answers: unknown[] = [];
  session.doc.on_message("answer", (data) => answers.push(data));
  await session.message("ask", { n: 1 });
  assertEquals(JSON.stringify(answers), '[{"received":{"n":1}}]');
});

Deno.test("openSession passes arguments, headers, cookies, user and argv to the application", async () => {
  await using session = await openSession(
    app((doc, { text }) => {
      const { request, serverContext } = doc.session_context!;
      const user = new TextDecoder().decode(request!.arguments.user?.[0]);
      text.text = [user, request!.headers["x-from"], request!.cookies.c, request!.user, serverContext.argv].join();
    }),
    { arguments: { user: "ada" }, headers: { "X-From": "test" }, cookies: { c: "3" }, user: "ada@home", argv: ["-v"] },
  );
  assertEquals(text(session.doc), "ada,test,3,ada@home,-v");
});

Deno.test("several clients join one session", async () => {
  await using session = await openSession(app());
  const other = await session.connect();
  await session.set(slider(session.doc), "value", 3);
  assertEquals(slider(other.doc).value, 3);
  await other.set(slider(other.doc), "value", 4);
  assertEquals(slider(session.doc).value, 4);
  await other.disconnect();
  assertEquals([other.connected, session.connected], [false, true]);
});

Deno.test("serveApp opens a session for each request", async () => {
  await using served = await serveApp(app());
  await using ada = await served.open();
  await using bob = await served.open();
  await ada.set(slider(ada.doc), "value", 9);
  assertEquals([slider(ada.doc).value, slider(bob.doc).value, served.documents.length], [9, 1, 2]);
});

Deno.test("both documents are equal after simultaneous changes of an attribute", async () => {
  await using session = await openSession(app());
  await session.transact((doc) => void (slider(doc).value = 10));
  const done = session.transact((doc) => void (slider(doc).value = 20));
  slider(session.doc).value = 30;
  await done;
  await session.clock.tick(200);
  assertEquals(slider(session.doc).value, slider(session.serverDoc).value);
});

Deno.test("patches contains the patches in both directions", async () => {
  await using session = await openSession(app((_doc, { slider, text }) => {
    slider.on_change("value", (_attr, _old, value) => text.text = String(value));
  }));
  await session.set(slider(session.doc), "value", 2);
  const [slid, written] = [slider(session.doc).id, session.doc.get_model_by_name("text")!.id];
  assertEquals(session.patches.sent[0]![0], { kind: "ModelChanged", model: { id: slid }, attr: "value", new: 2 });
  assertEquals(session.patches.received, [[{ kind: "ModelChanged", model: { id: written }, attr: "text", new: "2" }]]);
});

Deno.test("settled() throws the error of a callback", async () => {
  await using session = await openSession(app((_doc, { slider }) => {
    slider.on_change("value", () => {
      throw new RangeError("Cannot go so far");
    });
  }));
  slider(session.doc).value = 2;
  const error = await assertRejects(() => session.settled(), RangeError, "Cannot go so far");
  assertStringIncludes(error.stack!, "open_session_test.ts");
  assertEquals(session.errors, [error]);
  assert(session.logs.some(({ level, message }) => level === "error" && message.includes("Cannot go so far")));
});

Deno.test("an unread error fails the test at its end", async () => {
  const session = await openSession(app((doc) => {
    doc.add_next_tick_callback(async () => {
      await externalWork();
      throw new Error("unread");
    });
  })).catch((error) => error);
  assertEquals(session.message, "unread");
  const late = await openSession(app((_doc, { slider }) => {
    slider.on_change("value", async () => {
      await externalWork();
      throw new Error("nor me");
    });
  }));
  slider(late.doc).value = 2;
  await assertRejects(() => late[Symbol.asyncDispose](), Error, "nor me");
});

Deno.test("openSession rejects with the location at which the application failed", async () => {
  const cause = new Error("Cannot begin");
  const failing = () => {
    throw cause;
  };
  const error = await assertRejects(() => openSession(failing), Error, "the application has failed");
  assertEquals(error.cause, cause);
});

Deno.test("setting a value that does not fit throws", async () => {
  await using session = await openSession(app());
  assertThrows(() => slider(session.doc).set("value", "much"), TypeError, "Slider.value");
});

Deno.test("end() runs the callbacks and hooks of session destruction", async () => {
  let ended = 0;
  await using session = await openSession(app((doc) => doc.on_session_destroyed(() => void ended++)));
  await session.end();
  assertEquals([ended, session.ended, session.connected], [1, true, false]);
});

Deno.test("logs contains the log records of the application", async () => {
  await using session = await openSession(app((_doc, { slider }) => {
    slider.on_change("value", (_attr, _old, value) => getLogger(["my", "app"]).info("Slid to {value}", { value }));
  }));
  await session.set(slider(session.doc), "value", 2);
  assertEquals(session.logs.filter(({ category }) => category === "my.app").map(({ message }) => message), [
    "Slid to 2",
  ]);
});

Deno.test("an unlocked callback runs while others do", async () => {
  await using session = await openSession(app((doc, { text }) => {
    doc.add_timeout_callback(
      without_document_lock(async () => {
        await externalWork();
        await doc.session_context!.withLockedDocument(() => void (text.text = "unlocked"));
      }),
      10,
    );
  }));
  const { promise, resolve } = Promise.withResolvers<void>();
  session.doc.get_model_by_name<Div>("text").on_change("text", () => resolve());
  await session.clock.tick(10);
  await promise;
  assertEquals(text(session.doc), "unlocked");
});

Deno.test("the client receives models of callbacks, and the server receives models of the client", async () => {
  await using session = await openSession(app((doc, { slider }) => {
    slider.on_change("value", () => doc.add_root(new TextInput({ name: "more", value: "made" })));
  }));
  await session.set(slider(session.doc), "value", 2);
  await session.set(session.doc.get_model_by_name<TextInput>("more"), "value", "typed");
  assertEquals(session.serverDoc.get_model_by_name<TextInput>("more").value, "typed");
});

Deno.test("a test that ends while a callback is running fails with a message about it", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const session = await openSession(app((_doc, { slider }) => void slider.on_change("value", () => promise)));
  slider(session.doc).value = 2;
  await assertRejects(() => session[Symbol.asyncDispose](), Error, "one of its callbacks is still running");
  resolve();
});
