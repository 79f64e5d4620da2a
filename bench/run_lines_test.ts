import { assertEquals } from "@std/assert";
import type { Line, Sample, Setting } from "./line.ts";
import { PublishedPackage } from "./servers/published_package.ts";
import { type Row, runLines, summary } from "./run_lines.ts";

const setting: Setting = {
  tools: { python: "", recording: "", published: new PublishedPackage() },
  placement: { server: 0, client: 0, processes: [0] },
  warmSeconds: 0,
  seconds: 0,
};

function line(id: string, rest: Partial<Line> & Pick<Line, "measure">): Line {
  return { id, title: id, unit: "/s", servers: ["nodelay", "ours"], ...rest };
}

async function rows(lines: Line[], rounds: number): Promise<Row[]> {
  return await Array.fromAsync(runLines({ lines, servers: ["ours", "nodelay", "bare"], rounds, setting }));
}

Deno.test("runLines: alternates between servers and returns medians", async () => {
  const order: string[] = [];
  const [row] = await rows([
    line("a", {
      measure: (server) => {
        order.push(server);
        return Promise.resolve({ value: order.length });
      },
    }),
  ], 3);
  assertEquals(order, ["ours", "nodelay", "ours", "nodelay", "ours", "nodelay"]);
  assertEquals(row?.cells.ours, { value: 3, values: [1, 3, 5] });
  assertEquals(row?.cells.bare, undefined);
});

Deno.test("runLines: continues after a server fails", async () => {
  const fails = line("a", {
    measure: (server) => server === "ours" ? Promise.reject(new Error("it crashed")) : Promise.resolve({ value: 1 }),
  });
  const [first, second] = await rows(
    [fails, line("b", { once: true, measure: () => Promise.resolve({ value: 2 }) })],
    2,
  );
  assertEquals(first?.cells, { ours: { failure: "it crashed" }, nodelay: { value: 1, values: [1, 1] } });
  assertEquals(second?.cells.ours, { value: 2, values: [2] });
});

Deno.test("summary: returns the median of each figure and omits missing figures", () => {
  const samples: Sample[] = [
    { value: 10, cpu: 3, relativeCpu: 1.2, largestShare: 0.5, latency: { p50: 1, p99: 9 }, further: { bytes: 7 } },
    { value: 30, cpu: 1, relativeCpu: 1, largestShare: 0.7, latency: { p50: 3, p99: 8 }, further: { bytes: 7 } },
    { value: 20, cpu: 2, relativeCpu: 1.1, largestShare: 0.6, latency: { p50: 2, p99: 7 }, further: { bytes: 7 } },
  ];
  assertEquals(summary(samples), {
    value: 20,
    values: [10, 30, 20],
    cpu: 2,
    relativeCpu: 1.1,
    largestShare: 0.6,
    latency: { p50: 2, p99: 8 },
    further: { bytes: 7 },
  });
});
