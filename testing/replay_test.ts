import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import type { Document } from "../document/document.ts";
import { Button, ColumnDataSource, Div, PasswordInput, Slider, TextInput } from "../models/mod.ts";
import { openSession } from "./open_session.ts";
import { replay } from "./replay.ts";
import { serveApp } from "./serve_app.ts";

/** An application whose text follows the slider, and that counts the seconds. */
function counter(unit: string) {
  return (doc: Document) => {
    const slider = new Slider({ start: 0, end: 10, value: 1 });
    const text = new Div({ text: "" });
    const time = new Div({ text: "0" });
    slider.on_change("value", (_attr, _old, value) => text.text = `${value} ${unit}`);
    doc.add_periodic_callback(() => time.text = `${Number(time.text) + 1}`, 1000);
    for (const root of [slider, text, time]) doc.add_root(root);
  };
}

async function withFile(test: (file: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(`${folder}/recording.jsonl`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function recordCounter(file: string): Promise<void> {
  await using session = await openSession(counter("Hz"), { record: file });
  const slider = session.doc.select_one(Slider)!;
  await session.set(slider, "value", 2);
  await session.clock.tick(2500);
  await session.set(slider, "value", 3);
}

Deno.test("replay repeats the messages of a recording at their times", async () => {
  await withFile(async (file) => {
    await recordCounter(file);
    const report = await replay(file, counter("Hz"), { update: false });
    assertEquals(report.sessions, 1);
    assert(report.messages >= 3);
  });
});

Deno.test("replay shows the message, the model and the values of the first difference", async () => {
  await withFile(async (file) => {
    await recordCounter(file);
    const error = await assertRejects(() => replay(file, counter("s"), { update: false }), Error);
    assertStringIncludes(error.message, "message 2 of client 1 (Slider(p1003).value = 2, ");
    assertStringIncludes(error.message, 'Div(p1004).text\n    expected: "2 Hz"\n    actual:   "2 s"');
  });
});

Deno.test("replay shows a new document that differs", async () => {
  await withFile(async (file) => {
    await recordCounter(file);
    const other = (doc: Document) => doc.add_root(new Slider({ start: 0, end: 9, value: 1 }));
    const error = await assertRejects(() => replay(file, other, { update: false }), Error);
    assertStringIncludes(error.message, "the document of the new session differs");
  });
});

Deno.test("replay writes the results that the application has now with update", async () => {
  await withFile(async (file) => {
    await recordCounter(file);
    await replay(file, counter("s"), { update: true });
    await replay(file, counter("s"), { update: false });
    await assertRejects(() => replay(file, counter("Hz"), { update: false }), Error, '"2 s"');
  });
});

Deno.test("replay compares errors of callbacks, also of timers", async () => {
  const broken = (message: string) => (doc: Document) => {
    const button = new Button({ label: "Fail" });
    button.on_click(() => {
      throw new TypeError(message);
    });
    doc.add_timeout_callback(() => {
      throw new RangeError(message);
    }, 10);
    doc.add_root(button);
  };
  await withFile(async (file) => {
    {
      await using app = await serveApp(broken("a"), { record: file });
      await using session = await app.open();
      await session.click(session.doc.select_one(Button)!).catch(() => {});
      await app.clock.tick(20);
      assertEquals(app.errors.length, 2);
      await session.end();
    }
    await replay(file, broken("a"), { update: false });
    await assertRejects(() => replay(file, broken("b"), { update: false }), Error, "callback_failed: TypeError: a");
  });
});

Deno.test("replay repeats several sessions and clients, questions and columns", async () => {
  const app = (doc: Document) => {
    const source = new ColumnDataSource({ data: { x: new Float64Array([1]) } });
    const button = new Button({ label: "Delete" });
    button.on_click(async () => {
      if (await doc.confirm("Delete?")) source.stream({ x: new Float64Array([2, 3]) });
    });
    doc.add_root(button);
    doc.add_root(source);
  };
  await withFile(async (file) => {
    {
      await using served = await serveApp(app, { record: file });
      await using ada = await served.open();
      await using bob = await served.open();
      await using second = await ada.connect();
      await ada.click(ada.doc.select_one(Button)!);
      await ada.page.answer(true);
      await second.click(second.doc.select_one(Button)!);
      await bob.click(bob.doc.select_one(Button)!);
      assertEquals([...ada.serverDoc.select_one(ColumnDataSource)!.data.x!], [1, 2, 3]);
    }
    assertEquals((await replay(file, app, { update: false })).sessions, 2);
  });
});

Deno.test("replay needs the arguments of the request that are not in the recording", async () => {
  const app = (doc: Document) => {
    const [city] = doc.session_context!.request!.arguments.city ?? [];
    doc.add_root(new Div({ text: city === undefined ? "none" : new TextDecoder().decode(city) }));
  };
  await withFile(async (file) => {
    await (await openSession(app, { record: file, arguments: { city: "Oslo" } }))[Symbol.asyncDispose]();
    await assertRejects(() => replay(file, app, { update: false }), Error, "request's arguments city");
    await replay(file, app, { update: false, arguments: { city: "Oslo" } });
  });
  await withFile(async (file) => {
    await using _session = await openSession(app, {
      record: { file, arguments: ["city"] },
      arguments: { city: "Oslo" },
    });
    await replay(file, app, { update: false });
  });
});

Deno.test("a recording contains no id, cookie, header, argument or password of its session", async () => {
  const app = (doc: Document) => {
    const { request, id, files } = doc.session_context!;
    const text = new Div({ text: `${id} ${request!.cookies.login} ${request!.headers.authorization}` });
    const input = new TextInput({ name: "files", value: files.acceptUploads(() => {}) });
    const password = new PasswordInput({ value: "" });
    password.on_change("value", (_attr, _old, value) => text.text = `Hello ${value}`);
    for (const root of [text, input, password]) doc.add_root(root);
  };
  await withFile(async (file) => {
    const secrets = {
      sessionId: "f".repeat(44),
      cookies: { login: "cookie-secret" },
      headers: { authorization: "Bearer header-secret" },
      arguments: { code: "argument-secret" },
      user: { name: "ada", token: "user-secret" },
    };
    let fileId = "";
    {
      await using session = await openSession(app, { ...secrets, record: file });
      fileId = session.doc.get_model_by_name<TextInput>("files")!.value.split("/").at(-1)!;
      await session.set(session.doc.select_one(PasswordInput)!, "value", "typed-secret");
      await session.message("app", { id: secrets.sessionId, text: "my cookie-secret" });
      await session.location.open("?code=argument-secret&bokeh-token=token-secret#here");
      await session.end();
    }
    const text = await Deno.readTextFile(file);
    for (
      const secret of [
        secrets.sessionId,
        "cookie-secret",
        "header-secret",
        "argument-secret",
        "user-secret",
        "typed-secret",
        "token-secret",
        fileId,
      ]
    ) {
      assert(!text.includes(secret), `The recording contains ${secret}`);
    }
    for (const name of ["<session id>", "<cookie login>", "<header authorization>", "<password>", "<file id>"]) {
      assertStringIncludes(text, name);
    }
    if (Deno.build.os !== "windows") assertEquals((await Deno.stat(file)).mode! & 0o777, 0o600);
  });
});

Deno.test("a recording has a maximum size for a session and for the file, and can be read without its last line", async () => {
  const app = (doc: Document) => doc.add_root(new TextInput({ value: "" }));
  await withFile(async (file) => {
    {
      await using session = await openSession(app, { record: { file, maxSessionBytes: 5000 } });
      for (let i = 0; i < 50; i++) await session.set(session.doc.select_one(TextInput)!, "value", `${i}`.repeat(50));
    }
    const text = await Deno.readTextFile(file);
    assert(text.length < 5200, `${text.length}`);
    assertStringIncludes(text, '"kind":"stopped"');
    await replay(file, app, { update: false });
    await Deno.writeTextFile(file, text.slice(0, 3000)); // as after a crash
    await replay(file, app, { update: false });
    {
      await using session = await openSession(app, { record: { file, maxBytes: 4000 } });
      for (let i = 0; i < 50; i++) await session.set(session.doc.select_one(TextInput)!, "value", `${i}`);
    }
    assert((await Deno.stat(file)).size <= 4000);
  });
});
