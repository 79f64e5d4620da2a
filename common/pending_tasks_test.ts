import { assertEquals } from "@std/assert";
import { PendingTasks } from "./pending_tasks.ts";

Deno.test("PendingTasks.settled() waits for tasks that are added meanwhile, and passes errors on", async () => {
  const errors: unknown[] = [];
  const tasks = new PendingTasks((error) => errors.push(error));
  const first = Promise.withResolvers<void>();
  tasks.add(first.promise.then(() => tasks.add(Promise.reject("second failed"))));
  assertEquals(tasks.size, 1);
  first.resolve();
  await tasks.settled();
  assertEquals([tasks.size, errors], [0, ["second failed"]]);
});
