import { type SharedStatistics, sharedStatistics } from "../../shared/shared_data.ts";
import type { MetricFamily, Sample } from "./metric_family.ts";

/** Returns the metrics of shared sources and values; none if there are none. */
export function sharedFamilies(): MetricFamily[] {
  const all = sharedStatistics();
  if (all.length === 0) return [];
  const samples = (suffix: Sample["suffix"], value: (statistics: SharedStatistics) => number) =>
    all.map((statistics) => ({ suffix, labels: { name: statistics.name }, value: value(statistics) }));
  return [
    {
      name: "bokeh_shared_changes",
      type: "counter",
      help: "Changes of shared sources and values",
      samples: samples("_total", ({ changes }) => changes),
    },
    {
      name: "bokeh_shared_documents",
      type: "gauge",
      help: "Documents that show shared sources and values",
      samples: samples("", ({ documents }) => documents),
    },
  ];
}
