/**
 * The login that the command line, the settings or an auth module select.
 *
 * @module
 */

import { pathToFileURL } from "node:url";
import { errorMessage } from "../../common/error_message.ts";
import { isRecord } from "../../common/is_record.ts";
import { asksForUser, type AuthProvider } from "../../server/auth.ts";
import { CommandError } from "../exit.ts";
import { isFile } from "../files.ts";
import { importOptional } from "../optional_module.ts";
import type { Settings } from "../settings/settings.ts";
import type { OptionValues } from "./option.ts";
import type { SERVE_OPTIONS } from "./serve_options.ts";

type Auth = typeof import("../../auth/mod.ts");

/** Options of the program that select a login. */
type LoginValues = Pick<
  OptionValues<typeof SERVE_OPTIONS>,
  "authModule" | "basicAuth" | "oidcIssuer" | "oidcClientId" | "forwardedUser" | "trustedProxy" | "requireGroup"
>;

/**
 * Returns the auth provider that the options select, undefined without a login.
 *
 * @throws {CommandError} If they select several, or are incomplete.
 */
export async function loginOptions(values: LoginValues, settings: Settings): Promise<AuthProvider | undefined> {
  const authModule = settings.value("auth_module", values.authModule);
  const basicAuth = settings.value("basic_auth", values.basicAuth);
  const issuer = settings.value("oidc_issuer", values.oidcIssuer);
  const header = settings.value("forwarded_user", values.forwardedUser);
  const chosen = Object.entries({
    "--auth-module": authModule,
    "--basic-auth": basicAuth,
    "--oidc-issuer": issuer,
    "--forwarded-user": header,
  }).flatMap(([flag, value]) => value === null ? [] : [flag]);
  if (chosen.length > 1) throw new CommandError(`Cannot use ${chosen.join(" and ")} together: choose one login`);
  const groups = requiredGroups(values.requireGroup ?? []);
  if (chosen.length === 0) {
    if (values.requireGroup !== undefined) throw new CommandError("Cannot use --require-group without a login");
    return undefined;
  }
  if (authModule !== null) {
    if (values.requireGroup !== undefined) {
      throw new CommandError("Cannot use --require-group with --auth-module: its function authorize decides");
    }
    return await loadAuthModule(authModule);
  }
  const auth: Auth = await importOptional("auth", chosen[0]!);
  try {
    if (basicAuth !== null) return auth.basic({ users: usersFile(basicAuth), groups });
    if (issuer !== null) return auth.oidc({ issuer, groups, ...oidcClient(values, settings) });
    const proxies = settings.value("trusted_proxies");
    return auth.forwardedUser({ header: header!, groups, trustedProxies: values.trustedProxy ?? proxies });
  } catch (error) {
    throw new CommandError(errorMessage(error));
  }
}

function oidcClient(values: LoginValues, settings: Settings): { clientId: string; clientSecret?: string } {
  const clientId = settings.value("oidc_client_id", values.oidcClientId);
  const clientSecret = settings.value("oidc_client_secret");
  if (clientId === null) throw new TypeError("Cannot use --oidc-issuer without --oidc-client-id");
  return { clientId, ...(clientSecret === null ? {} : { clientSecret }) };
}

/** Returns the groups of applications, of options such as `/admin=staff,operators`. */
function requiredGroups(options: readonly string[]): Record<string, string[]> {
  return Object.fromEntries(options.map((option) => {
    const equals = option.indexOf("=");
    const groups = option.slice(equals + 1).split(",").filter((group) => group !== "");
    if (!option.startsWith("/") || equals < 0 || groups.length === 0) {
      throw new CommandError(`Cannot use --require-group ${option}: write it as /path=group,group`);
    }
    return [option.slice(0, equals), groups];
  }));
}

/** Returns a function that reads the users of a file, and reads it again when it has changed. */
function usersFile(path: string) {
  let known: { readonly modified: number; readonly users: ReturnType<typeof readUsers> } | undefined;
  return () => {
    const modified = Deno.statSync(path).mtime?.getTime() ?? 0;
    if (known?.modified !== modified) known = { modified, users: readUsers(path) };
    return known.users;
  };
}

function readUsers(path: string): Record<string, string> {
  const users: unknown = JSON.parse(Deno.readTextFileSync(path));
  if (!isRecord(users)) throw new TypeError(`Cannot read the users of ${path}: it must contain an object`);
  return users as Record<string, string>; // `basic` checks each user
}

async function loadAuthModule(path: string): Promise<AuthProvider> {
  if (!await isFile(path)) {
    throw new CommandError(`Cannot load the auth module ${path}: it does not exist`);
  }
  const module = await import(pathToFileURL(await Deno.realPath(path)).href);
  const provider: AuthProvider = module.default ?? module;
  // A misspelled export must not turn authentication off.
  if (!asksForUser(provider)) {
    throw new CommandError(`Cannot use the auth module ${path}: it exports neither getUser nor getUserAsync`);
  }
  return provider;
}
