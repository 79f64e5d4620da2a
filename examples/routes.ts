// Two sources whose data the page requests from routes of the application: by polling, and by server-sent events.
import type { ApplicationRoutes, Document } from "@bokeh/server";
import { row } from "@bokeh/server/layouts";
import { AjaxDataSource, ServerSentDataSource } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

let requests = 0;

export const routes: ApplicationRoutes = {
  // Answers requests of POST, which AjaxDataSource sends by default.
  "/data/:count": (_request, { params }) => {
    requests += 1;
    const x = Array.from({ length: Number(params.count) }, (_, i) => i);
    return Response.json({ x, y: x.map((value) => Math.sin(value / 3 + requests)) });
  },
  "/events": () => {
    let timer: ReturnType<typeof setInterval>;
    const events = new ReadableStream<string>({
      start(controller) {
        let x = 0;
        timer = setInterval(() => {
          controller.enqueue(`data: ${JSON.stringify({ x: [x], y: [Math.cos(x++ / 3)] })}\n\n`);
        }, 100);
      },
      cancel: () => clearInterval(timer),
    });
    return new Response(events.pipeThrough(new TextEncoderStream()), {
      headers: { "content-type": "text/event-stream" },
    });
  },
};

export default function (doc: Document): void {
  const polled = new AjaxDataSource({ data_url: "routes/data/20", polling_interval: 200, data: { x: [], y: [] } });
  const sent = new ServerSentDataSource({ data_url: "routes/events", mode: "append", data: { x: [], y: [] } });
  const plots = [polled, sent].map((source) => {
    const plot = figure({ width: 400, height: 300 });
    plot.line({ x: "x", y: "y", source });
    return plot;
  });
  doc.add_root(row(plots));
  doc.title = "Data of routes";
}
