import { assertEquals } from "@std/assert";
import { largestShare, parseCreatedSessions } from "./process_sessions.ts";

Deno.test("parseCreatedSessions: returns the counter of each process", () => {
  const metrics = `# TYPE bokeh_sessions_created counter
bokeh_sessions_created_total{process="0",app="/sliders"} 41
bokeh_sessions_created_total{process="1",app="/sliders"} 23
bokeh_sessions_ended_total{process="0",app="/sliders"} 7
bokeh_sessions{process="1",app="/sliders"} 5
`;
  assertEquals(parseCreatedSessions(metrics), [41, 23]);
  assertEquals(parseCreatedSessions(`bokeh_sessions_created_total{app="/sliders"} 64\n`), [64]);
});

Deno.test("largestShare: is 1 for one process, and an equal part if the sessions are spread evenly", () => {
  assertEquals([largestShare([64]), largestShare([16, 16, 16, 16]), largestShare([10, 30])], [1, 0.25, 0.75]);
});
