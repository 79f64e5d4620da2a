/** The applications in `examples/apps/` have the same documents as their Python versions, before and after interactions. */

import { assertEquals } from "@std/assert";
import type { Document } from "@bokeh/server";
import { pullSession } from "@bokeh/server/client";
import "@bokeh/server/files"; // defines the model of the button in export_csv
import type { ColumnDataSource, Plot, RangeSlider, Select, Slider, TextInput, Title } from "@bokeh/server/models";
import type { DocJson } from "../../protocol/message.ts";
import { differences, normalizeDocument, type Plain } from "../gallery/normalize.ts";
import { eventually } from "../kit/eventually.ts";
import { appNames, pullDocument, serveApps, serveAppTwins } from "../gallery/twins.ts";

/** How an application is compared with its Python version. */
interface Comparison {
  /** What a user changes. */
  readonly change?: (doc: Document) => void;
  /** Whether a timer of the application has run often enough. If absent, the application has no timer. */
  readonly isLastStep?: (doc: Document) => boolean;
  /** Whether a task that the change starts has ended. If absent, the change starts none. */
  readonly isDone?: (doc: Document) => boolean;
  /** Allowed differences. */
  readonly exceptions?: RegExp;
  /** Allowed relative difference of numbers. @default 1e-12 */
  readonly tolerance?: number;
}

/** Number of runs of a timer after which documents are compared. */
const STEPS = 40;

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  clustering: {
    change: (doc) => {
      doc.get_model_by_name<Slider>("clusters").value = 3;
      doc.get_model_by_name<Select>("dataset").value = "Noisy Moons";
      doc.get_model_by_name<Select>("algorithm").value = "Average linkage";
    },
    isDone: (doc) => (doc.get_model_by_name<Plot>("points").title as Title).text === "Average linkage",
    // Sums are rounded differently.
    tolerance: 1e-9,
  },
  crossfilter: {
    change: (doc) => {
      for (const [name, value] of [["x", "yr"], ["color", "weight"], ["size", "accel"]] as const) {
        doc.get_model_by_name<Select>(name).value = value;
      }
    },
  },
  dash: {},
  events: {},
  export_csv: {
    change: (doc) => doc.get_model_by_name<RangeSlider>("salary").value = [60_000, 90_000],
    // Python has no button for downloads.
    exceptions: /^\/defs|\/children\/0\/.*\/children\/1\//,
  },
  gapminder: { change: (doc) => doc.get_model_by_name<Slider>("year").value = 1990 },
  image_blur: { change: (doc) => doc.get_model_by_name<Slider>("blur").value = 2 },
  movies: {
    change: (doc) => {
      doc.get_model_by_name<Select>("genre").value = "Comedy";
      doc.get_model_by_name<Select>("x_axis").value = "Box Office (dollars)";
      doc.get_model_by_name<TextInput>("director").value = " John ";
    },
  },
  ohlc: {
    change: (doc) => doc.get_model_by_name<Select>("average").value = "26-tick EMA",
    isLastStep: (doc) => doc.get_model_by_name<ColumnDataSource>("bars").data["time"]!.length === STEPS,
    // The first bars may have been added before the other average was selected.
    exceptions: /\/ma\/1?\d: /,
  },
  patch: {
    isLastStep: (doc) => (doc.get_model_by_name<Plot>("points").title as Title).text === `step ${STEPS}`,
  },
  population: {
    change: (doc) => {
      doc.get_model_by_name<Select>("location").value = "Norway";
      doc.get_model_by_name<Select>("year").value = "1985";
    },
  },
  selection_histogram: {
    change: (doc) => doc.get_model_by_name<ColumnDataSource>("points").selected.indices = [0, 5, 17, 400, 900, 1399],
  },
  spectrogram: {
    change: (doc) => doc.get_model_by_name<Slider>("gain").value = 3,
    isLastStep: (doc) => doc.get_model_by_name<ColumnDataSource>("spectra").data["x"]!.length === STEPS,
    // The libraries round differently, and small numbers of a spectrum are differences of large ones.
    tolerance: 1e-9,
  },
  stocks: {
    change: (doc) => {
      doc.get_model_by_name<Select>("ticker1").value = "IBM";
      doc.get_model_by_name<ColumnDataSource>("days").selected.indices = [3, 4, 1000];
    },
  },
  taylor: {
    change: (doc) => {
      doc.get_model_by_name<Slider>("order").value = 7;
      doc.get_model_by_name<TextInput>("expression").value = "cos(x)/(1 + x**2)";
    },
  },
  weather: {
    change: (doc) => {
      doc.get_model_by_name<Select>("city").value = "Seattle";
      doc.get_model_by_name<Select>("distribution").value = "Smoothed";
    },
  },
};

/** Makes the changes of a user, and returns the documents to compare. */
async function documentsOf(url: string, { change, isLastStep, isDone }: Comparison): Promise<Plain[]> {
  await using session = await pullSession({ url });
  const { document } = session;
  if (isLastStep === undefined) {
    const before = await pullDocument(url, session.id);
    change?.(document);
    await session.flushed();
    if (isDone !== undefined) await eventually(() => isDone(document));
    return [before, await pullDocument(url, session.id)].map(normalizeDocument);
  }
  // The next run of the timer changes the document again, so it is copied when the last change arrives.
  const { promise, resolve } = Promise.withResolvers<DocJson>();
  document.on_change(() => {
    if (isLastStep(document)) resolve(structuredClone(document.to_json()));
  });
  change?.(document);
  return [normalizeDocument({ doc: await promise, buffers: new Map() })];
}

Deno.test("examples/apps: have the same documents as their Python versions", async (t) => {
  const names = appNames();
  assertEquals(names, Object.keys(COMPARISONS));
  await using python = await serveAppTwins(names);
  await using program = await serveApps(names);
  for (const name of names) {
    await t.step(name, async () => {
      const comparison = COMPARISONS[name]!;
      const urls = [`http://localhost:${python.port}/${name}`, new URL(`/${name}`, program.url).href];
      const [theirs, ours] = await Promise.all(urls.map((url) => documentsOf(url, comparison)));
      const lines = differences(theirs!, ours!, "", comparison.tolerance).filter((line) =>
        comparison.exceptions?.test(line) !== true
      );
      assertEquals(lines, []);
      const changed = theirs!.length === 2 && differences(theirs![0]!, theirs![1]!).length > 0;
      assertEquals(changed, comparison.change !== undefined && comparison.isLastStep === undefined);
    });
  }
});
