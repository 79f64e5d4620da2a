/**
 * The route `/metrics`, in the text format of OpenMetrics.
 *
 * @module
 */

import type { Peer } from "../../handlers/relay/relay.ts";
import type { MetricFamily, Sample } from "./metric_family.ts";

const TEXT = "application/openmetrics-text; version=1.0.0; charset=utf-8";
const HEADERS = { "cache-control": "no-store", "x-content-type-options": "nosniff" } as const;

/** Context of {@linkcode handleMetrics}. */
export interface MetricsContext {
  /** Metrics of this process. */
  readonly families: readonly MetricFamily[];
  /**
   * Number of this process and the other processes of the server; undefined if there are no others.
   */
  readonly group: { readonly index: number; readonly others: ReadonlyMap<number, Peer> } | undefined;
}

/**
 * Returns the metrics of all processes of the server. Another process requests JSON, and gets the
 * metrics of this process.
 */
export async function handleMetrics(request: Request, { families, group }: MetricsContext): Promise<Response> {
  if (group === undefined) {
    return request.headers.get("accept") === "application/json"
      ? Response.json(families, { headers: HEADERS })
      : text(request, families);
  }
  const own = withProcess(families, group.index);
  const others = await Promise.all([...group.others].map(([index, peer]) => familiesOf(request, peer, index)));
  return text(request, others.reduce(merge, own));
}

/** Returns the metrics of another process, or none while the process is being replaced. */
async function familiesOf(request: Request, peer: Peer, index: number): Promise<MetricFamily[]> {
  try {
    const response = await peer.fetch(new Request(request.url, { headers: { accept: "application/json" } }), {});
    return withProcess(await response.json(), index);
  } catch {
    return [];
  }
}

function withProcess(families: readonly MetricFamily[], index: number): MetricFamily[] {
  const labeled = (sample: Sample): Sample => ({ ...sample, labels: { process: String(index), ...sample.labels } });
  return families.map((family) => ({ ...family, samples: family.samples.map(labeled) }));
}

function merge(families: readonly MetricFamily[], more: readonly MetricFamily[]): MetricFamily[] {
  const byName = new Map(more.map((family) => [family.name, family.samples]));
  return families.map((family) => ({ ...family, samples: [...family.samples, ...byName.get(family.name) ?? []] }));
}

function text(request: Request, families: readonly MetricFamily[]): Response {
  const body = renderMetrics(families);
  return new Response(request.method === "HEAD" ? null : body, { headers: { ...HEADERS, "content-type": TEXT } });
}

/** Returns metrics as text in the format of OpenMetrics. */
export function renderMetrics(families: readonly MetricFamily[]): string {
  const lines = families.flatMap(({ name, type, help, samples }) => [
    `# TYPE ${name} ${type}`,
    `# HELP ${name} ${help}`,
    ...samples.map(({ suffix, labels, value }) => `${name}${suffix}${renderLabels(labels)} ${value}`),
  ]);
  return [...lines, "# EOF", ""].join("\n");
}

function renderLabels(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escape(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escape(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
