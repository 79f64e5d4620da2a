/**
 * The admin page that the command line selects.
 *
 * @module
 */

import { isRecord } from "../../common/is_record.ts";
import type { AdminLogControl, AdminOptions } from "../../server/admin/admin_options.ts";
import { asksForUser, type AuthProvider } from "../../server/auth.ts";
import { CommandError } from "../exit.ts";
import type { Settings } from "../settings/settings.ts";
import type { OptionValues } from "./option.ts";
import type { SERVE_OPTIONS } from "./serve_options.ts";

/** Options of the program that select the admin page. */
type AdminValues = Pick<OptionValues<typeof SERVE_OPTIONS>, "admin" | "adminUser" | "adminGroup">;

/**
 * Returns the server's option for the admin page; undefined without one.
 *
 * @param log Level of the program's log.
 * @throws {CommandError} If any client could open the page, or options are missing.
 */
export function adminOption(
  values: AdminValues,
  settings: Settings,
  { provider, log }: { readonly provider: AuthProvider | undefined; readonly log: AdminLogControl | undefined },
): AdminOptions | undefined {
  const { admin: path, adminUser: users = [], adminGroup: groups = [] } = values;
  const isNamed = users.length + groups.length > 0;
  if (path === undefined) {
    if (isNamed) throw new CommandError("Cannot use --admin-user and --admin-group without --admin");
    return undefined;
  }
  if (!asksForUser(provider)) {
    const token = settings.value("admin_token");
    if (isNamed) throw new CommandError("Cannot use --admin-user and --admin-group without a login");
    if (token === null) {
      throw new CommandError(
        "Cannot use --admin: configure a login and name administrators with --admin-user or --admin-group, or set BOKEH_ADMIN_TOKEN",
      );
    }
    return { path, token, log };
  }
  if (!isNamed) {
    throw new CommandError("Cannot use --admin: name administrators with --admin-user or --admin-group");
  }
  return { path, log, authorize: (user) => hasId(user, users, provider) || isMember(user, groups) };
}

/** Returns whether a user has one of these ids. Names do not count, because users can often choose them. */
function hasId(user: unknown, ids: readonly string[], provider: AuthProvider): boolean {
  const id = provider.userId?.(user) ?? user;
  return typeof id === "string" && ids.includes(id);
}

function isMember(user: unknown, groups: readonly string[]): boolean {
  const own: unknown = isRecord(user) ? user.groups : undefined;
  return Array.isArray(own) && groups.some((group) => own.includes(group));
}
