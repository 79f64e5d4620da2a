import type { AdminOptions } from "./admin_options.ts";
import type { AdminServer, AdminService } from "./admin_service.ts";

/** Starts the admin page of a server; returns undefined if it has none. */
export async function startAdmin(
  options: AdminOptions | undefined,
  server: AdminServer,
): Promise<AdminService | undefined> {
  if (options === undefined) return undefined;
  // Imported only here: servers without the page start faster.
  const { AdminService } = await import("./admin_service.ts");
  return new AdminService(options, server);
}
