import { assertEquals } from "@std/assert";
import { gzipSync } from "node:zlib";
import { samplePath, sampleRows } from "./mod.ts";

Deno.test("sampleRows() reads compressed files of BOKEH_SAMPLEDATA_DIR, with numbers in columns of numbers", async () => {
  const folder = await Deno.makeTempDir();
  const before = Deno.env.get("BOKEH_SAMPLEDATA_DIR");
  Deno.env.set("BOKEH_SAMPLEDATA_DIR", folder);
  try {
    await Deno.writeFile(`${folder}/stocks.csv.gz`, gzipSync("Ticker,Close,Note\nIBM,1.5,2\nFB,,x\n"));
    assertEquals(await samplePath("stocks.csv.gz"), `${folder}/stocks.csv.gz`);
    assertEquals(await sampleRows("stocks.csv.gz"), [
      { Ticker: "IBM", Close: 1.5, Note: "2" },
      { Ticker: "FB", Close: NaN, Note: "x" },
    ]);
  } finally {
    if (before === undefined) Deno.env.delete("BOKEH_SAMPLEDATA_DIR");
    else Deno.env.set("BOKEH_SAMPLEDATA_DIR", before);
    await Deno.remove(folder, { recursive: true });
  }
});
