/**
 * An auth module with a login form. The name of the user is stored in a signed cookie:
 *
 *     BOKEH_COOKIE_SECRET=… deno run -A mod.ts examples/auth/app.ts --auth-module
 *     examples/auth/form_login.ts --enable-xsrf-cookies
 */

import type { AuthContext } from "@bokeh/server";
import { loginPage } from "./login_page.ts";
import { safeNext } from "./safe_next.ts";

const COOKIE = "who";
const DAY_SECONDS = 24 * 3600;

/** PBKDF2 hashes of the passwords by user name. The passwords are "countess" and "admiral". */
const PASSWORDS: ReadonlyMap<string, string> = new Map([
  ["ada", "LADFIxGRQi6MrQO3TVFdC9k58w0sZhNZXzKda7MmBvs"],
  ["grace", "AORcg6i02f71GRpigCVLkVpSxsIfpcXHrYs1YRvHqvY"],
]);

export const loginUrl = "/login";
export const logoutUrl = "/logout";

export async function getUser(request: Request, { cookies }: AuthContext): Promise<unknown> {
  const name = await cookies.read(request, COOKIE, DAY_SECONDS);
  return name === undefined ? null : { name };
}

/** Allows all users all applications, except for `/admiral`, which only Grace may use. */
export function authorize(user: unknown, appPath: string): boolean {
  return appPath !== "/admiral" || JSON.stringify(user) === '{"name":"grace"}';
}

export async function loginHandler(request: Request, context: AuthContext): Promise<Response> {
  if (request.method !== "POST") return await page(context);
  const form = await request.formData();
  const name = String(form.get("name"));
  const hash = await hashOf(String(form.get("password")), name);
  if (PASSWORDS.get(name) !== hash) return await page(context, "Name or password is wrong");
  const { url, prefix, cookies } = context;
  return new Response(null, {
    status: 303,
    headers: {
      location: safeNext(url, prefix),
      "set-cookie": await cookies.write(COOKIE, name, {
        path: prefix || "/",
        maxAgeSeconds: DAY_SECONDS,
        secure: url.protocol === "https:",
      }),
    },
  });
}

export function logoutHandler(_request: Request, { prefix, cookies }: AuthContext): Response {
  return new Response(null, {
    status: 303,
    headers: { location: `${prefix}${loginUrl}`, "set-cookie": cookies.remove(COOKIE, { path: prefix || "/" }) },
  });
}

async function page(context: AuthContext, problem?: string): Promise<Response> {
  const { token, cookie } = await context.xsrfToken();
  return new Response(loginPage({ xsrf: token, ...(problem === undefined ? {} : { problem }) }), {
    status: problem === undefined ? 200 : 403,
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store", "set-cookie": cookie },
  });
}

/**
 * Returns the PBKDF2 hash of a password. It is slow on purpose, to make guessing expensive. The
 * name serves as the salt: in production, store a random salt with each hash.
 */
async function hashOf(password: string, name: string): Promise<string> {
  const encoder = new TextEncoder();
  const key = await crypto.subtle.importKey("raw", encoder.encode(password), "PBKDF2", false, ["deriveBits"]);
  const salt = encoder.encode(`bokeh example ${name}`);
  const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: 100_000 }, key, 256);
  return new Uint8Array(bits).toBase64({ alphabet: "base64url", omitPadding: true });
}
