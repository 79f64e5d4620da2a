/**
 * What happens on a server, counted by application.
 *
 * @module
 */

import type { SessionEvent, SessionObserver } from "../../session/observability/observer.ts";
import type { HostedApplication } from "../hosted_application.ts";
import { Histogram } from "./histogram.ts";
import type { MetricFamily, Sample } from "./metric_family.ts";

/** Counts the events of all applications. */
export class Metrics {
  readonly #counts = new Map<string, ApplicationCounts>();

  /** Hears the events of one application. */
  observer(path: string): SessionObserver {
    const counts = new ApplicationCounts();
    this.#counts.set(path, counts);
    return (event) => counts.hear(event);
  }

  /** All numbers as they are now. */
  families(apps: readonly HostedApplication[]): MetricFamily[] {
    const each = (samples: (app: HostedApplication, counts: ApplicationCounts) => Sample[]) =>
      apps.flatMap((app) => {
        const counts = this.#counts.get(app.path);
        return counts === undefined ? [] : samples(app, counts).map((sample) => withApp(sample, app.path));
      });
    const { rss, heapUsed } = Deno.memoryUsage();
    return [
      gauge("bokeh_sessions", "Sessions that live", each(({ registry }) => [plain(registry.all().length)])),
      gauge("bokeh_connections", "Websockets that are open", each((app) => [plain(subscribersOf(app).length)])),
      gauge(
        "bokeh_outbox_bytes",
        "Bytes that wait for clients to read them",
        each((app) => [plain(subscribersOf(app).reduce((sum, { bufferedBytes }) => sum + bufferedBytes, 0))]),
      ),
      gauge(
        "bokeh_retained_bytes",
        "Bytes that documents keep because of their clients",
        each((
          { registry },
        ) => [plain(registry.all().reduce((sum, { sync }) => sum + sync.retainedBytes, 0))]),
      ),
      ...COUNTERS.map((counter): MetricFamily => ({
        name: counter.name,
        type: "counter",
        help: counter.help,
        samples: each((_app, counts) => counts.samples(counter.name, "label" in counter ? counter.label : undefined)),
      })),
      histogram(
        "bokeh_callback_seconds",
        "Time that callbacks took",
        each((_app, { callbacks }) => callbacks.samples()),
      ),
      histogram(
        "bokeh_session_creation_seconds",
        "Time that applications took to fill a document",
        each((_app, counts) => counts.creations.samples()),
      ),
      gauge("bokeh_resident_bytes", "Memory of the process", [plain(rss)]),
      gauge("bokeh_heap_bytes", "Memory of its objects", [plain(heapUsed)]),
    ];
  }
}

/** Counters by the names of their families; `label` tells several numbers of one apart. */
const COUNTERS = [
  { name: "bokeh_sessions_created", help: "Sessions made" },
  { name: "bokeh_session_failures", help: "Sessions that the application could not make" },
  { name: "bokeh_sessions_ended", help: "Sessions ended" },
  { name: "bokeh_connections_opened", help: "Websockets opened" },
  { name: "bokeh_messages_received", help: "Messages of clients", label: "type" },
  { name: "bokeh_messages_refused", help: "Messages that broke the protocol", label: "reason" },
  { name: "bokeh_work_refused", help: "Messages and sessions that asked for more work than allowed", label: "limit" },
  { name: "bokeh_patches_sent", help: "Patches sent, each counted once however many hear it" },
  { name: "bokeh_errors", help: "Callbacks that failed" },
  { name: "bokeh_uncaught_errors", help: "Errors of applications that no code caught" },
  { name: "bokeh_internal_errors", help: "Errors of the server's own code" },
  { name: "bokeh_slow_clients_closed", help: "Connections closed because the client did not read" },
] as const satisfies readonly Counter[];

interface Counter {
  readonly name: string;
  readonly help: string;
  readonly label?: string;
}

type CounterName = (typeof COUNTERS)[number]["name"];

/** The numbers of one application that only grow. */
class ApplicationCounts {
  readonly callbacks = new Histogram();
  readonly creations = new Histogram();
  readonly #counters = new Map<CounterName, Map<string, number>>();

  hear(event: SessionEvent): void {
    switch (event.type) {
      case "sessionCreated":
        this.creations.add(event.milliseconds / 1000);
        return this.#count("bokeh_sessions_created");
      case "sessionFailed":
        return this.#count("bokeh_session_failures");
      case "sessionDestroyed":
        return this.#count("bokeh_sessions_ended");
      case "connectionOpened":
        return this.#count("bokeh_connections_opened");
      case "messageReceived":
        return this.#count("bokeh_messages_received", event.msgtype);
      case "messageRefused":
        return this.#count("bokeh_messages_refused", event.code);
      case "workRefused":
        return this.#count("bokeh_work_refused", event.limit);
      case "patchSent":
        return this.#count("bokeh_patches_sent");
      case "callbackFailed":
        return this.#count("bokeh_errors");
      case "uncaughtError":
        return this.#count("bokeh_uncaught_errors");
      case "internalError":
        return this.#count("bokeh_internal_errors");
      case "slowConsumer":
        return event.closed ? this.#count("bokeh_slow_clients_closed") : undefined;
      case "transactionEnded":
        return this.callbacks.add(event.milliseconds / 1000);
    }
  }

  samples(name: CounterName, label: string | undefined): Sample[] {
    const values = this.#counters.get(name) ?? new Map<string, number>(label === undefined ? [["", 0]] : []);
    return [...values].map(([value, count]) => ({
      suffix: "_total",
      labels: label === undefined ? {} : { [label]: value },
      value: count,
    }));
  }

  #count(name: CounterName, value = ""): void {
    const values = this.#counters.get(name) ?? new Map<string, number>();
    values.set(value, (values.get(value) ?? 0) + 1);
    this.#counters.set(name, values);
  }
}

function subscribersOf({ registry }: HostedApplication) {
  return registry.all().flatMap((session) => [...session.subscribers]);
}

function plain(value: number): Sample {
  return { suffix: "", labels: {}, value };
}

function withApp(sample: Sample, app: string): Sample {
  return { ...sample, labels: { app, ...sample.labels } };
}

function gauge(name: string, help: string, samples: readonly Sample[]): MetricFamily {
  return { name, type: "gauge", help, samples };
}

function histogram(name: string, help: string, samples: readonly Sample[]): MetricFamily {
  return { name, type: "histogram", help, samples };
}
