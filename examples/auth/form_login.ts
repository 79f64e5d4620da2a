/**
 * An auth module with a login form, whose page has the colors of the site:
 *
 *     BOKEH_COOKIE_SECRET=… deno run -A mod.ts examples/auth/app.ts --auth-module
 *     examples/auth/form_login.ts --enable-xsrf-cookies
 *
 * The command `password` creates the hashes. The passwords are "countess" and "admiral".
 */

import { basic } from "@bokeh/server/auth";

export default basic({
  users: {
    ada: "$scrypt$ln=15,r=8,p=3$J9dbOiIlQ1tlQWlq0B5Yzw$rZsWNWlXrp50YGPI08XJRR/io8YBGGsFL+A4YaMcigA",
    grace: {
      password: "$scrypt$ln=15,r=8,p=3$diKsQ3APkW0Y7rTLg9a8ww$X35gkzgpfeB83yFN3HpoOvBQUWVLpJBNfgDj5OrwlDI",
      name: "Grace Hopper",
      groups: ["admirals"],
    },
  },
  groups: { "/admiral": ["admirals"] },
  page: { title: "Log in to the dashboards", text: "Use ada and countess, or grace and admiral.", color: "#6b2fa0" },
});
