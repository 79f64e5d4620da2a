import { getLogger } from "@logtape/logtape";
import { assertEquals, assertRejects } from "@std/assert";
import { CommandError } from "../exit.ts";
import { startLogging } from "./logging.ts";

Deno.test("startLogging() appends records of at least its level to a file", async () => {
  const file = await Deno.makeTempFile();
  await Deno.writeTextFile(file, "before\n");
  {
    await using _log = await startLogging({ level: "warning", format: "%(levelname)s %(message)s", file });
    getLogger(["bokeh", "server"]).info("not this");
    getLogger(["bokeh", "server"]).error("Refused {path}", { path: "/x" });
    getLogger("elsewhere").error("nor this");
  }
  getLogger(["bokeh", "server"]).error("nor after the end");
  assertEquals(await Deno.readTextFile(file), "before\nERROR Refused /x\n");
  await Deno.remove(file);
});

Deno.test("startLogging() changes its level while it runs, also for loggers that exist", async () => {
  const file = await Deno.makeTempFile();
  {
    await using log = await startLogging({ format: "%(message)s", file });
    const logger = getLogger(["bokeh", "session"]).with({ user: "ada" });
    assertEquals(log.level, "info");
    logger.debug("not this");
    log.level = "debug";
    logger.debug("but this");
    log.level = "error";
    logger.warn("nor this");
    assertEquals(log.level, "error");
  }
  assertEquals(await Deno.readTextFile(file), "but this\n");
  await Deno.remove(file);
});

Deno.test("startLogging() logs nothing at level None", async () => {
  const file = await Deno.makeTempFile();
  {
    await using _log = await startLogging({ level: "None", file });
    getLogger(["bokeh"]).fatal("not even this");
  }
  assertEquals(await Deno.readTextFile(file), "");
  await Deno.remove(file);
});

Deno.test("startLogging() reports a file that it cannot open", async () => {
  await assertRejects(
    () => startLogging({ file: "no/such/folder/x.log" }),
    CommandError,
    "Cannot log to no/such/folder/x.log",
  );
});
