/**
 * Metrics of a server, by application.
 *
 * @module
 */

import type { SessionEvent, SessionObserver } from "../../session/observability/observer.ts";
import type { HostedApplication } from "../hosted_application.ts";
import { cacheFamilies } from "./cache_metrics.ts";
import { sharedFamilies } from "./shared_metrics.ts";
import { EventLoopDelay } from "./event_loop_delay.ts";
import { Histogram } from "./histogram.ts";
import type { MetricFamily, Sample } from "./metric_family.ts";

/** Counts the events of all applications. */
export class Metrics {
  readonly #counts = new Map<string, ApplicationCounts>();
  /** The delay of the event loop. */
  readonly eventLoop: EventLoopDelay = new EventLoopDelay();

  /** Returns an observer that counts the events of an application. */
  observer(path: string): SessionObserver {
    const counts = new ApplicationCounts();
    this.#counts.set(path, counts);
    return (event) => counts.count(event);
  }

  /** Returns all metrics with their current values. */
  families(apps: readonly HostedApplication[]): MetricFamily[] {
    const each = (samples: (app: HostedApplication, counts: ApplicationCounts) => Sample[]) =>
      apps.flatMap((app) => {
        const counts = this.#counts.get(app.path);
        return counts === undefined ? [] : samples(app, counts).map((sample) => withApp(sample, app.path));
      });
    const { rss, heapUsed } = Deno.memoryUsage();
    return [
      gauge("bokeh_sessions", "Live sessions", each(({ registry }) => [plain(registry.all().length)])),
      gauge("bokeh_connections", "Open websockets", each((app) => [plain(subscribersOf(app).length)])),
      gauge(
        "bokeh_outbox_bytes",
        "Bytes that clients have not read yet",
        each((app) => [plain(subscribersOf(app).reduce((sum, { bufferedBytes }) => sum + bufferedBytes, 0))]),
      ),
      gauge(
        "bokeh_retained_bytes",
        "Bytes that clients have added to documents",
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
        "Duration of callbacks",
        each((_app, { callbacks }) => callbacks.samples()),
      ),
      histogram(
        "bokeh_session_creation_seconds",
        "Duration of session creation by applications",
        each((_app, counts) => counts.creations.samples()),
      ),
      histogram("bokeh_task_seconds", "Duration of tasks in Workers", each((_app, { tasks }) => tasks.samples())),
      histogram(
        "bokeh_task_wait_seconds",
        "Time that tasks waited for a Worker",
        each((_app, { taskWaits }) => taskWaits.samples()),
      ),
      histogram(
        "bokeh_event_loop_delay_seconds",
        "Time for which running code delayed everything else, measured ten times per second",
        this.eventLoop.delays.samples(),
      ),
      ...cacheFamilies(),
      ...sharedFamilies(),
      gauge("bokeh_resident_bytes", "Resident memory of the process", [plain(rss)]),
      gauge("bokeh_heap_bytes", "Used heap of V8", [plain(heapUsed)]),
    ];
  }
}

/** The counters. `label` is the name of the label that distinguishes the values of a counter. */
const COUNTERS = [
  { name: "bokeh_sessions_created", help: "Sessions created" },
  { name: "bokeh_session_failures", help: "Sessions that the application failed to create" },
  { name: "bokeh_sessions_ended", help: "Sessions destroyed" },
  { name: "bokeh_connections_opened", help: "Websockets opened" },
  { name: "bokeh_messages_received", help: "Messages received from clients", label: "type" },
  { name: "bokeh_messages_refused", help: "Messages that violated the protocol", label: "reason" },
  { name: "bokeh_work_refused", help: "Messages and sessions that exceeded a limit on their work", label: "limit" },
  { name: "bokeh_patches_sent", help: "Patches sent, each counted once for all clients" },
  { name: "bokeh_errors", help: "Callbacks that failed" },
  { name: "bokeh_tasks", help: "Tasks that have ended, by how they ended", label: "outcome" },
  { name: "bokeh_uncaught_errors", help: "Uncaught errors of applications" },
  { name: "bokeh_internal_errors", help: "Errors of the server's own code" },
  { name: "bokeh_slow_clients_closed", help: "Connections closed because the client did not read" },
] as const satisfies readonly Counter[];

interface Counter {
  readonly name: string;
  readonly help: string;
  readonly label?: string;
}

type CounterName = (typeof COUNTERS)[number]["name"];

/** Counters and histograms of one application. */
class ApplicationCounts {
  readonly callbacks = new Histogram();
  readonly creations = new Histogram();
  readonly tasks = new Histogram();
  readonly taskWaits = new Histogram();
  readonly #counters = new Map<CounterName, Map<string, number>>();

  count(event: SessionEvent): void {
    switch (event.type) {
      case "sessionCreated":
        this.creations.add(event.milliseconds / 1000);
        return this.#increment("bokeh_sessions_created");
      case "sessionFailed":
        return this.#increment("bokeh_session_failures");
      case "sessionDestroyed":
        return this.#increment("bokeh_sessions_ended");
      case "connectionOpened":
        return this.#increment("bokeh_connections_opened");
      case "messageReceived":
        return this.#increment("bokeh_messages_received", event.msgtype);
      case "messageRefused":
        return this.#increment("bokeh_messages_refused", event.code);
      case "workRefused":
        return this.#increment("bokeh_work_refused", event.limit);
      case "patchSent":
        return this.#increment("bokeh_patches_sent");
      case "callbackFailed":
        return this.#increment("bokeh_errors");
      case "uncaughtError":
        return this.#increment("bokeh_uncaught_errors");
      case "internalError":
        return this.#increment("bokeh_internal_errors");
      case "slowConsumer":
        return event.closed ? this.#increment("bokeh_slow_clients_closed") : undefined;
      case "taskEnded":
        this.tasks.add(event.milliseconds / 1000);
        this.taskWaits.add(event.waitedMilliseconds / 1000);
        return this.#increment("bokeh_tasks", event.outcome);
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

  #increment(name: CounterName, value = ""): void {
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
