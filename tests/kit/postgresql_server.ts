/** A PostgreSQL server with an empty database, for tests of recipes. */

import { join } from "@std/path";
import { ensurePostgresql } from "../../tools/setup/postgresql.ts";
import { eventually } from "./eventually.ts";

/** A PostgreSQL server that listens on a unix socket in a temporary folder. */
export class PostgresqlServer implements AsyncDisposable {
  readonly #folder: string;
  readonly #process: Deno.ChildProcess;

  constructor(folder: string, process: Deno.ChildProcess) {
    this.#folder = folder;
    this.#process = process;
  }

  /** Starts a server. */
  static async start(): Promise<PostgresqlServer> {
    const programs = await ensurePostgresql();
    const folder = await Deno.makeTempDir({ prefix: "postgresql" });
    const account = await accountFor(folder);
    const data = join(folder, "data");
    const created = await new Deno.Command(join(programs, "initdb"), {
      args: ["--auth=trust", "--username=test", "--no-sync", "--pgdata", data],
      ...account,
      stdout: "null",
    }).output();
    if (!created.success) throw new Error(`Cannot create a database: ${new TextDecoder().decode(created.stderr)}`);
    const process = new Deno.Command(join(programs, "postgres"), {
      args: ["-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"],
      ...account,
      stdout: "null",
      stderr: "null",
    }).spawn();
    const server = new PostgresqlServer(folder, process);
    const isReady = new Deno.Command(join(programs, "pg_isready"), { args: ["--host", folder], stdout: "null" });
    await eventually(async () => (await isReady.output()).success);
    return server;
  }

  /** Options of a client that connects to the server. */
  get options(): { host: string; username: string; database: string } {
    return { host: this.#folder, username: "test", database: "postgres" };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // A fast shutdown: open connections are closed.
    this.#process.kill("SIGINT");
    await this.#process.status;
    await Deno.remove(this.#folder, { recursive: true });
  }
}

/** Returns the account to run PostgreSQL with, which refuses to run as root, and gives it the folder. */
async function accountFor(folder: string): Promise<{ uid?: number; gid?: number; cwd: string }> {
  if (Deno.uid() !== 0) return { cwd: folder };
  const passwd = await Deno.readTextFile("/etc/passwd");
  const account = /^postgres:[^:]*:(\d+):(\d+):/m.exec(passwd);
  if (account === null) {
    throw new Error("Cannot run PostgreSQL: there is no account postgres, install Debian's package");
  }
  const [uid, gid] = account.slice(1).map(Number) as [number, number];
  await Deno.chown(folder, uid, gid);
  return { uid, gid, cwd: folder };
}
