import { assertEquals } from "@std/assert";
import { ManualClock } from "../common/manual_clock.ts";
import type { AuthContext } from "../handlers/login/auth.ts";
import { SignedCookies } from "../handlers/login/signed_cookies.ts";
import { type Login, LoginCookies } from "./login_cookies.ts";

const USER = { id: "1", name: "Ada", groups: [] };
const CONTEXT: AuthContext = {
  url: new URL("http://localhost/"),
  prefix: "",
  remoteAddress: undefined,
  peerAddress: undefined,
  cookies: new SignedCookies("a secret of this test"),
  xsrfToken: () => Promise.reject(new Error("Not used")),
};

async function loggedIn(logins: LoginCookies): Promise<Request> {
  const [cookie] = await logins.write(CONTEXT, { user: USER, refreshToken: "token 1", expiresInSeconds: 60 });
  return new Request(CONTEXT.url, { headers: { cookie: cookie!.split(";")[0]! } });
}

Deno.test("LoginCookies refreshes a login with the token of its cookie, which is encrypted", async () => {
  const clock = new ManualClock();
  const tokens: string[] = [];
  const refresh = (token: string): Promise<Login> => {
    tokens.push(token);
    return Promise.resolve({ user: undefined, refreshToken: `token ${tokens.length + 1}`, expiresInSeconds: 60 });
  };
  const logins = new LoginCookies({ maxAgeSeconds: 3600, secret: "secret of the client", refresh, clock });
  const request = await loggedIn(logins);
  const text = await CONTEXT.cookies.read(request, "login_oidc");
  assertEquals(text!.includes("token 1"), false);
  for (let i = 0; i < 2; i++) {
    clock.setWall(61_000);
    assertEquals((await logins.read(request, CONTEXT))?.user, USER);
  }
  assertEquals(tokens, ["token 1", "token 2"]);
});

Deno.test("LoginCookies ends a login whose refresh fails after a long time, and does not try again at once", async () => {
  const clock = new ManualClock();
  let attempts = 0;
  const refresh = (): Promise<Login> => {
    clock.setWall(20_000); // the provider does not answer
    if (++attempts === 1) throw new Error("No answer");
    return Promise.resolve({ user: USER, refreshToken: undefined, expiresInSeconds: 60 });
  };
  const logins = new LoginCookies({ maxAgeSeconds: 3600, secret: "secret of the client", refresh, clock });
  const request = await loggedIn(logins);
  clock.setWall(61_000);
  assertEquals([await logins.read(request, CONTEXT), attempts], [undefined, 1]);
  clock.setWall(9000);
  assertEquals([await logins.read(request, CONTEXT), attempts], [undefined, 1]);
  clock.setWall(2000);
  assertEquals((await logins.read(request, CONTEXT))?.user, USER);
});
