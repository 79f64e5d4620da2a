/**
 * An auth module for an OpenID Connect provider, whose page after an error has the name of the site:
 *
 *     BOKEH_COOKIE_SECRET=… OIDC_ISSUER=https://id.example.com OIDC_CLIENT_ID=…
 *     OIDC_CLIENT_SECRET=… deno run -A mod.ts examples/auth/app.ts --auth-module
 *     examples/auth/oidc_login.ts
 *
 * Register the server's URL of `/login` at the provider as the redirect URI. Without own pages and
 * groups, the options `--oidc-issuer` and `--oidc-client-id` take the place of this module.
 */

import { oidc } from "@bokeh/server/auth";

export default oidc({
  issuer: setting("OIDC_ISSUER"),
  clientId: setting("OIDC_CLIENT_ID"),
  clientSecret: setting("OIDC_CLIENT_SECRET"),
  groups: { "/admiral": ["admirals"] },
  page: { title: "Log in to the dashboards" },
});

function setting(name: string): string {
  const value = Deno.env.get(name);
  if (value === undefined) throw new TypeError(`Cannot log in: ${name} is not set`);
  return value;
}
