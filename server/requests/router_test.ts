import { assertEquals } from "@std/assert";
import { Application } from "../../application/application.ts";
import { hostApplication } from "../hosted_application.ts";
import { resolveOptions } from "../options/resolve_options.ts";
import { Router, type RouterOptions } from "./router.ts";

function router(paths: string[], options: Partial<RouterOptions> = {}): (path: string) => string | undefined {
  const apps = paths.map((path) => hostApplication(path, new Application(() => {}), resolveOptions({})));
  const table = new Router({
    prefix: "",
    apps,
    useIndex: true,
    loginPath: undefined,
    logoutPath: undefined,
    ...options,
  });
  return (path) => {
    const route = table.find(path)?.route;
    if (route === undefined) return undefined;
    const app = "app" in route ? ` ${route.app?.path ?? "-"}` : "";
    return `${route.kind}${app}${"rest" in route ? ` ${route.rest}` : ""}`;
  };
}

Deno.test("Router finds the routes of applications", () => {
  const find = router(["/a", "/nested/b"]);
  assertEquals(find("/a"), "doc /a");
  assertEquals(find("/a/"), "doc /a");
  assertEquals(find("/a/autoload.js"), "autoload /a");
  assertEquals(find("/nested/b/metadata"), "metadata /nested/b");
  assertEquals(find("/nested/b/ws"), "ws /nested/b");
  for (const path of ["/ab", "/a/x", "/a/ws2", "/nested", "//a", "/a//", "/static", "/A"]) {
    assertEquals(find(path), undefined, path);
  }
});

Deno.test("Router assigns files to the application before static", () => {
  const find = router(["/a", "/nested/b"]);
  assertEquals(find("/static/js/x.js"), "static - js/x.js");
  assertEquals(find("/a/static/x/static/y"), "static /a x/static/y");
  assertEquals(find("/nested/b/static/x"), "static /nested/b x");
  assertEquals(find("/other/static/x"), undefined);
});

Deno.test("Router prefers an application at the root to the index, for all files too", () => {
  const find = router(["/"]);
  assertEquals(find("/"), "doc /");
  assertEquals(find("/ws"), "ws /");
  assertEquals(find("/static/x"), "static / x");
});

Deno.test("Router has all routes below the prefix, and the icon also at the root", () => {
  const find = router(["/a"], { prefix: "/my/apps", loginPath: "/login" });
  assertEquals(find("/my/apps"), "root");
  assertEquals(find("/my/apps/"), "root");
  assertEquals(find("/my/apps/a"), "doc /a");
  assertEquals(find("/my/apps/static/x"), "static - x");
  assertEquals(find("/my/apps/login"), "login");
  assertEquals(find("/favicon.ico"), "favicon");
  assertEquals(find("/my/apps/favicon.ico"), "favicon");
  for (const path of ["/", "/a", "/static/x", "/login"]) assertEquals(find(path), undefined, path);
});

Deno.test("Router returns the variable parts of a path, also if they are equal to their names", () => {
  const [app, me] = ["/user/:id", "/user/me"].map((path) =>
    hostApplication(path, new Application(() => {}), resolveOptions({}))
  );
  const table = new Router({
    prefix: "",
    apps: [app!, me!],
    useIndex: true,
    loginPath: undefined,
    logoutPath: undefined,
  });
  const find = (path: string) => {
    const { route, params } = table.find(path)!;
    return [route.kind, "app" in route && route.app === app, params];
  };
  for (const id of ["42", ":id"]) {
    for (const [end, kind] of [["", "doc"], ["/", "doc"], ["/ws", "ws"], ["/static/x", "static"]] as const) {
      assertEquals(find(`/user/${id}${end}`), [kind, true, { id }], id + end);
    }
  }
  assertEquals(find("/user/me/ws"), ["ws", false, undefined]);
});

Deno.test("Router has no index without useIndex", () => {
  assertEquals(router(["/a"], { useIndex: false })("/"), undefined);
});

Deno.test("Router finds a path in any percent-encoding", () => {
  const find = router(["/größe", "/a b"]);
  assertEquals(find(new URL("http://h/größe").pathname), "doc /größe");
  assertEquals(find("/a%20b/ws"), "ws /a b");
  assertEquals(find("/%E0%A4%A"), undefined);
});
