import { assertEquals } from "@std/assert";
import type { Document } from "@bokeh/server";
import { ColumnDataSource } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";
import { openSession } from "@bokeh/server/testing";
import postgres from "postgres";
import { PostgresqlServer } from "../kit/postgresql_server.ts";

Deno.test("an application shows rows of PostgreSQL", async () => {
  await using server = await PostgresqlServer.start();
  const sql = postgres({ ...server.options, onnotice: () => {} });
  try {
    await sql`create table trades (time timestamptz, symbol text, price numeric, volume bigint)`;
    await sql`insert into trades values
      ('2024-03-01T12:00:00Z', 'ACME', 1.5, 9007199254740991), ('2024-03-02T12:00:00Z', 'ACME', null, 2),
      ('2024-03-03T12:00:00Z', 'OTHER', 3, 3)`;
    const app = async (doc: Document) => {
      const symbol = "ACME";
      const rows = await sql<{ time: Date; price: number | null; volume: number }[]>`
        select time, price::float8 as price, volume::float8 as volume from trades where symbol = ${symbol} order by time`;
      const source = ColumnDataSource.from_rows(rows);
      const plot = figure({ x_axis_type: "datetime" });
      plot.line({ x: "time", y: "price", source });
      doc.add_root(plot);
    };
    await using session = await openSession(app);
    const { data } = session.doc.select_one(ColumnDataSource);
    assertEquals(Array.from(data["time"], Number), [Date.UTC(2024, 2, 1, 12), Date.UTC(2024, 2, 2, 12)]);
    assertEquals([...data["price"]], [1.5, null]);
    assertEquals([...data["volume"]], [9007199254740991, 2]);
  } finally {
    await sql.end();
  }
});
