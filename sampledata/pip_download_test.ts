import { assertRejects } from "@std/assert";
import { pipDownload } from "./pip_download.ts";

Deno.test("pipDownload() states what to do without Python, or if pip fails", async () => {
  const folder = await Deno.makeTempDir();
  const download = (requirement: string, programs?: string[]) => pipDownload(requirement, folder, programs);
  await assertRejects(
    () => download("x==1", ["no-such-program"]),
    Error,
    "there is no Python. Install Python with pip",
  );
  // Deno stands in for a Python without pip: both exit with an error.
  await assertRejects(
    () => download("x==1", [Deno.execPath()]),
    Error,
    "Cannot download x==1 with pip. Install Python",
  );
  await Deno.remove(folder);
});
