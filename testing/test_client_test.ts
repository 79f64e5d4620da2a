import { assertEquals, assertStringIncludes } from "@std/assert";
import { Column, Div } from "../models/mod.ts";
import { encodeMessage } from "../protocol/encode.ts";
import { makeRegistry } from "../session/session_test_support.ts";
import { MemoryTransport } from "./memory_transport.ts";
import { TestClient } from "./test_client.ts";

Deno.test("TestClient reports a patch that refers to a model which the client has not received, as BokehJS does", async () => {
  const column = new Column({ children: [new Div()] });
  const { registry, clock } = makeRegistry((doc) => doc.add_root(column));
  const session = await registry.getOrCreate("s");
  const errors: unknown[] = [];
  const client = new TestClient({
    url: "/",
    id: session.id,
    transport: new MemoryTransport(session, () => {}),
    clock,
    onError: (error) => errors.push(error),
    settled: () => clock.tick(),
    fetch,
  });
  await client.open();
  const change = (attr: string, id: string) => {
    const event = { kind: "ModelChanged", model: { id: column.id }, attr, new: [{ id }] } as const;
    for (const subscriber of session.subscribers) subscriber.deliver(encodeMessage("PATCH-DOC", { events: [event] }));
  };
  change("tags", "p9999");
  await clock.tick();
  assertEquals(errors.length, 1);
  assertStringIncludes(String(errors[0]), 'unknown model "p9999"');
  const { id } = column.children[0] as Div;
  column.children = [];
  await clock.tick();
  client.doc.models;
  change("tags", id);
  await clock.tick();
  assertEquals(errors.length, 2);
  await client.close();
});
