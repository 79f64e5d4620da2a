import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { pullSession } from "../client/mod.ts";
import type { Document } from "../document/document.ts";
import { Button, ColumnDataSource, Div, Slider } from "../models/mod.ts";
import { serveBokeh } from "../server/serve.ts";
import { openSession } from "../testing/open_session.ts";
import { serveApp } from "../testing/serve_app.ts";
import type { TestSession } from "../testing/test_session.ts";
import { isCancellation } from "../tasks/task_error.ts";
import { eventually } from "../tests/kit/eventually.ts";
import { compute, fail, scale, sum, visit } from "../tests/kit/tasks/sample_tasks.ts";

function withLabel(fill: (doc: Document, label: Div) => void): (doc: Document) => void {
  return (doc) => {
    const label = new Div({ text: "" });
    doc.add_root(label);
    fill(doc, label);
  };
}

const values = Float64Array.of(1, 2, 3);

Deno.test("task() runs in a Worker, and its result arrives as one transaction", async () => {
  await using session = await openSession(withLabel((doc, label) => {
    const button = new Button({ name: "go" });
    button.on_click(async () => {
      label.text = "working";
      const { scaled, thread } = await doc.task(scale, { values, factor: 2 });
      label.text = scaled.join();
      label.name = thread === "" ? "none" : "thread";
    });
    doc.add_root(button);
  }));
  await session.click(session.doc.get_model_by_name("go")!);
  assertEquals(session.doc.select_one(Div).text, "2,4,6");
  assertEquals(
    session.patches.received.map((events) => events.map(({ attr, new: value }) => [attr, value])),
    [[["text", "working"]], [["text", "2,4,6"], ["name", "thread"]]],
  );
  assertEquals(values.length, 3); // the input was copied
});

Deno.test("task() delivers progress under the lock, and the last value before the result", async () => {
  const progress: number[] = [];
  await using session = await openSession(withLabel((doc, label) => {
    label.on_change("text", async () => {
      label.text = String(await doc.task(sum, values, { onProgress: (value) => progress.push(value) }));
    });
  }));
  await session.set(session.doc.select_one(Div), "text", "go").catch(() => {});
  assertEquals(progress.at(-1), 6);
});

Deno.test("a callback that waits for a task does not hold the lock", async () => {
  await using session = await openSession(withLabel((doc, label) => {
    const slider = new Slider({ start: 0, end: 9, value: 0 });
    slider.on_change("value", async (_attr, _old, value) => {
      if (value !== 1) return void (label.text += "other,");
      await doc.task(compute, { milliseconds: 50, polls: false });
      label.text += "task";
    });
    doc.add_root(slider);
  }));
  const slider = session.doc.select_one(Slider);
  slider.value = 1;
  slider.value = 2;
  await session.settled();
  assertEquals(session.doc.select_one(Div).text, "other,task");
});

Deno.test("a callback that is not async, and one that waits for several tasks, receive results", async () => {
  await using session = await openSession(withLabel((doc, label) => {
    const run = async () => {
      const results = await Promise.all([1, 2, 3].map((factor) => doc.task(scale, { values, factor })));
      label.text = results.map(({ scaled }) => scaled[0]).join();
    };
    const button = new Button();
    button.on_click(() => run());
    button.on_click(() => void doc.task(sum, values).then((total) => button.label = String(total)));
    doc.add_root(button);
  }));
  await session.click(session.doc.select_one(Button));
  assertEquals([session.doc.select_one(Div).text, session.doc.select_one(Button).label], ["1,2,3", "6"]);
});

Deno.test("periodic callbacks and withLockedDocument wait for tasks without the lock", async () => {
  await using session = await openSession(withLabel((doc, label) => {
    doc.add_periodic_callback(async () => label.text += await doc.task(sum, values), 1000);
  }));
  await session.clock.tick(1000);
  assertEquals(session.doc.select_one(Div).text, "6");
  const total = await session.serverDoc.session_context!.withLockedDocument((doc) => doc.task(sum, values));
  assertEquals(total, 6);
  await session.clock.tick(1000);
  assertEquals(session.doc.select_one(Div).text, "66");
});

Deno.test("task() takes the URL of a module, whose default export is the task", async () => {
  await using session = await openSession((doc) => doc.add_root(new Div()));
  const doc = session.serverDoc;
  const progress: string[] = [];
  const url = new URL("../tests/kit/tasks/default_task.ts", import.meta.url);
  const result: number = await doc.task<typeof import("../tests/kit/tasks/default_task.ts")>(
    url,
    { base: 2, exponent: 10 },
    { onProgress: (value) => progress.push(value) },
  );
  assertEquals([result, progress], [1024, ["half"]]);
  const missing = doc.task(new URL("./missing.ts", import.meta.url), 1);
  await assertRejects(() => missing, Error, "Cannot load missing.ts");
});

Deno.test("a task's error has its name, fields and stack, and a cancelled task is no failure", async () => {
  await using session = await openSession(withLabel((doc, label) => {
    label.on_change("text", async (_attr, _old, text) => {
      await doc.task(compute, { milliseconds: text.length, polls: true }, { policy: "latest" });
      label.name = text;
    });
  }));
  const doc = session.serverDoc;
  const error = await doc.task(fail, "throw").then(() => undefined, (error: Error) => error);
  assertEquals([error?.name, error?.message, Reflect.get(error!, "code")], ["FitError", "No minimum", "no_minimum"]);
  assertStringIncludes(error!.stack!, "sample_tasks.ts");
  await assertRejects(() => doc.task(fail, "clone"), Error, "Cannot return the result of sample_tasks.ts");
  await assertRejects(() => doc.task(scale, { values: (() => {}) as never, factor: 1 }), Error, "Cannot start");

  const controller = new AbortController();
  const cancelled = doc.task(compute, { milliseconds: 5000, polls: true }, { signal: controller.signal });
  controller.abort();
  assert(isCancellation(await cancelled.catch((error) => error)));

  const label = session.doc.select_one(Div);
  for (const text of ["a", "bb", "ccc"]) label.text = text;
  await session.settled();
  assertEquals([label.name, session.errors.length], ["ccc", 0]);
});

Deno.test("task() with the policy queue runs calls of a task one after the other, in their order", async () => {
  const app = (doc: Document) => doc.add_root(new Div());
  await using server = await serveBokeh({ "/app": app }, { port: 0, tasks: { workers: 4 } });
  await using _client = await pullSession({ url: server.url, app: "/app" });
  const doc = server.getSessions("/app")[0]!.document;
  const visits = new Int32Array(new SharedArrayBuffer(8));
  const ended: number[] = [];
  const run = (milliseconds: number) => doc.task(visit, { visits, milliseconds }, { policy: "queue" });
  const results = await Promise.all([40, 20, 10, 0].map(async (milliseconds) => {
    const result = await run(milliseconds);
    ended.push(milliseconds);
    return result;
  }));
  // each is the only one, and the longest, which was called first, ends first
  assertEquals(results, [1, 2, 3, 4].map((position) => ({ position, together: 1 })));
  assertEquals(ended, [40, 20, 10, 0]);

  const controller = new AbortController();
  const [first, cancelled, last] = [
    run(200),
    doc.task(visit, { visits, milliseconds: 0 }, { policy: "queue", signal: controller.signal }),
    run(0),
  ];
  await eventually(() => Atomics.load(visits, 1) === 1, "the first call runs");
  controller.abort(); // the call in the middle of the queue
  assert(isCancellation(await cancelled.catch((error) => error)));
  assertEquals([await first, await last].map(({ position, together }) => [position, together]), [[5, 1], [6, 1]]);
  const failures = await Promise.allSettled(["throw", "reject"].map(async (how) => {
    await doc.task(fail, how as "throw", { policy: "queue" });
  }));
  assertEquals(failures.map(({ status }) => status), ["rejected", "rejected"]); // a failure does not end the queue
});

Deno.test("flush() sends the changes so far to all clients while the callback goes on", async () => {
  const gate = Promise.withResolvers<void>();
  await using session = await openSession(withLabel((doc, label) => {
    const source = new ColumnDataSource({ data: { x: [1] } });
    const button = new Button();
    button.on_click(async () => {
      label.text = "Loading";
      source.stream({ x: [2] });
      await doc.flush();
      await gate.promise;
      label.text = "Ready";
    });
    doc.add_root(button);
    doc.add_root(source);
  }));
  await using other = await session.connect();
  void session.click(session.doc.select_one(Button));
  for (const client of [session, other]) {
    while (client.patches.received.length === 0) await new Promise((resolve) => setImmediate(resolve));
    assertEquals(client.doc.select_one(Div).text, "Loading");
    assertEquals([...client.doc.select_one(ColumnDataSource).data.x!], [1, 2]);
  }
  gate.resolve();
  await session.settled();
  assertEquals(other.doc.select_one(Div).text, "Ready");
  assertEquals(other.patches.received.map((events) => events.length), [2, 1]);
});

Deno.test("a callback that waits for a task keeps the lock for the callbacks that it has caused", async () => {
  const release = Promise.withResolvers<void>();
  const inner = Promise.withResolvers<void>();
  const order: string[] = [];
  await using session = await openSession(withLabel((doc, label) => {
    const slider = new Slider({ start: 0, end: 9, value: 0 });
    slider.on_change("value", async () => {
      inner.resolve();
      await release.promise;
      order.push("inner");
      label.text += "inner,";
    });
    const button = new Button({ name: "go" });
    button.on_click(async () => {
      slider.value = 1;
      await doc.task(sum, values);
      order.push("outer");
      label.text += "outer,";
    });
    doc.add_root(slider);
    doc.add_root(button);
  }));
  const clicked = session.click(session.doc.get_model_by_name("go")!);
  await inner.promise;
  const other = session.transact(() => void order.push("other"));
  await using second = await openSession(withLabel((doc, label) => {
    label.on_change("text", async () => void await doc.task(sum, values));
  }));
  await second.set(second.doc.select_one(Div), "text", "go"); // its task follows the first one
  release.resolve();
  await Promise.all([clicked, other]);
  assertEquals(order.indexOf("inner") < order.indexOf("other"), true, order.join());
  assertEquals(order.toSorted(), ["inner", "other", "outer"]);
});

Deno.test("a task whose Worker fails is an error of its own session, and the next task of each session runs", async () => {
  await using app = await serveApp(withLabel((doc, label) => {
    const button = new Button();
    button.on_click(async () => {
      const how = label.text;
      if (how === "sum") label.text = String(await doc.task(sum, values));
      else if (how === "never") {
        await doc.task(compute, { milliseconds: Infinity, polls: false }, { timeoutMilliseconds: 50 });
      } else await doc.task(fail, how as "exit");
    });
    doc.add_root(button);
  }));
  await using one = await app.open();
  await using other = await app.open();
  const run = async (session: TestSession, how: string) => {
    await session.set(session.doc.select_one(Div), "text", how);
    await session.click(session.doc.select_one(Button));
    return session.doc.select_one(Div).text;
  };
  let failures = 0;
  for (
    const [how, reason] of [
      ["throw", "No minimum"],
      ["crash", "In a timer"],
      ["exit", "no error was reported"],
      ["never", "time limit of 50 ms"],
    ] as const
  ) {
    const error = await assertRejects(() => run(one, how), Error, reason);
    assertEquals([await run(other, "sum"), await run(one, "sum")], ["6", "6"], how);
    assertEquals(app.errors.length, ++failures, `${how}: ${error}`);
  }
});
