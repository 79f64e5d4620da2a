import { assertEquals, assertThrows } from "@std/assert";
import type { AuthProvider } from "../../server/auth.ts";
import { CommandError } from "../exit.ts";
import { Settings } from "../settings/settings.ts";
import { adminOption } from "./admin_option.ts";

const provider: AuthProvider = {
  getUser: () => null,
  userId: (user) => (user as { id: string }).id,
  loginUrl: "/login",
};

const none = new Settings();
const withToken = new Settings({ environment: { BOKEH_ADMIN_TOKEN: "a token of at least 16" } });

Deno.test("--admin allows the users with the named ids and the members of the named groups", () => {
  const values = { admin: "/admin", adminUser: ["ada"], adminGroup: ["operators"] };
  const { authorize } = adminOption(values, none, { provider, log: undefined })!;
  const user = (id: string, groups: unknown) => authorize!({ id, name: "ada", groups });
  assertEquals(user("ada", []), true);
  assertEquals(user("grace", ["operators"]), true);
  assertEquals(user("grace", []), false); // her name does not count
  assertEquals(user("grace", "operators"), false);
});

Deno.test("--admin needs names of administrators, or a token without a login", () => {
  const make = (values: Parameters<typeof adminOption>[0], settings: Settings, login?: AuthProvider) => () =>
    adminOption(values, settings, { provider: login, log: undefined });
  const admin = "/admin";
  assertEquals(make({}, withToken)(), undefined);
  assertEquals(make({ admin }, withToken)()?.token, "a token of at least 16");
  assertThrows(make({ admin }, none), CommandError, "set BOKEH_ADMIN_TOKEN");
  assertThrows(make({ admin }, withToken, provider), CommandError, "name administrators");
  assertThrows(make({ admin, adminUser: ["ada"] }, withToken), CommandError, "without a login");
  assertThrows(make({ adminUser: ["ada"] }, none, provider), CommandError, "without --admin");
});
