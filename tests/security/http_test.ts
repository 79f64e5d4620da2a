/** HTTP requests: request smuggling, long requests, other methods, path traversal, and text of requests in pages. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { latin1, rawRequest, type RawResponse, RawSocket, withDeadline } from "../kit/raw_socket.ts";
import { testAttacks } from "../kit/attack_series.ts";
import { ServerProcess } from "../kit/server_process.ts";

function get(
  server: ServerProcess,
  path: string,
  { method = "GET", headers = "" } = {},
): Promise<RawResponse | undefined> {
  const request = `${method} ${path} HTTP/1.1\r\nHost: localhost:${server.port}\r\n${headers}\r\n`;
  return rawRequest(server.port, request);
}

const ROUTES = [
  "/app",
  "/app/",
  "/app/autoload.js?bokeh-autoload-element=e",
  "/app/metadata",
  "/",
  "/favicon.ico",
  "/static/js/bokeh.min.js",
];

testAttacks(
  "HTTP: requests are answered according to the standard",
  { args: ["--disable-index-redirect"] },
  async (server, attack) => {
    await attack("methods other than GET and HEAD get 405 and Allow", async () => {
      for (const route of [...ROUTES, "/app/ws"]) {
        for (const method of ["PUT", "POST", "PATCH", "DELETE", "TRACE", "FOO"]) {
          const response = await get(server, route, { method });
          assertEquals(response?.status, 405, `${method} ${route}`);
          assert(response!.headers.has("allow"), `${method} ${route}`);
        }
      }
    });
    await attack("HEAD has the headers of GET and no body", async () => {
      for (const route of ROUTES) {
        const [head, got] = [await get(server, route, { method: "HEAD" }), await get(server, route)];
        assertEquals([head?.status, got?.status], [200, 200], route);
        for (const name of ["content-type", "x-content-type-options", "cache-control"]) {
          assertEquals(head!.headers.get(name), got!.headers.get(name), `${name} of ${route}`);
        }
      }
    });
    await attack("every response has nosniff and states no version", async () => {
      for (const route of [...ROUTES, "/none", "/app/none", "/app/ws", "/static/none.js", "/app?bokeh-token=x"]) {
        const response = await get(server, route);
        assertEquals(response?.headers.get("x-content-type-options"), "nosniff", route);
        assertEquals(response?.headers.get("server"), null);
      }
      for (const route of ["/app", "/app/autoload.js?bokeh-autoload-element=e"]) {
        assertEquals((await get(server, route))?.headers.get("cache-control"), "no-store");
      }
    });
    await attack("request smuggling closes the connection", async () => {
      const second = "GET /app/metadata HTTP/1.1\r\nHost: x\r\n\r\n";
      const head = `POST /app HTTP/1.1\r\nHost: localhost\r\n`;
      const requests = [
        `${head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${second}`,
        `${head}Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd${second}`,
        `${head}Content-Length: +4\r\n\r\nabcd${second}`,
        `${head}Content-Length: -4\r\n\r\nabcd${second}`,
        `${head}Content-Length: 0x4\r\n\r\nabcd${second}`,
        `${head}Content-Length: 1_0\r\n\r\nabcdabcdab${second}`,
        `${head}Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n${second}`,
        `${head}Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n${second}`,
        `${head}X: a\0b\r\n\r\n${second}`,
        `${head}X: a\rb\r\n\r\n${second}`,
        "GET / HTTP/1.1\r\nHost : x\r\n\r\n" + second,
        "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
        "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
      ];
      for (const request of requests) {
        using socket = await RawSocket.connect(server.port);
        await socket.send(latin1(request));
        const all = await withDeadline(socket.readToEnd(), () => socket.close());
        assert(!all.includes('"url"'), `the second request was answered: ${JSON.stringify(request)}`);
        assert(all === "" || /^HTTP\/1\.1 4/.test(all), `${JSON.stringify(request)}: ${all.slice(0, 60)}`);
      }
    });
    await attack("requests without Host, with two, or with an invalid one are refused", async () => {
      for (
        const hosts of [
          "",
          "Host: a\r\nHost: b\r\n",
          "Host: a b\r\n",
          "Host: \r\n",
          "Host: a/b\r\n",
          "Host: [::1\r\n",
          "Host: a:b\r\n",
        ]
      ) {
        const response = await rawRequest(server.port, `GET /app HTTP/1.1\r\n${hosts}\r\n`);
        assertEquals(response?.status ?? 400, 400, JSON.stringify(hosts));
      }
    });
    await attack("long requests are refused or answered at once", async () => {
      const cookie = Array.from({ length: 2000 }, (_, i) => `c${i}=v`).join("; ");
      const multipart = "Content-Type: multipart/form-data; boundary=x\r\n";
      const requests = [
        `GET /app HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(1024 * 1024)}\r\n\r\n`,
        `GET /app?${"x".repeat(1024 * 1024)} HTTP/1.1\r\nHost: a\r\n\r\n`,
        `GET /app?${"a=b&".repeat(15_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
        `GET /app?${"%ff".repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
        `GET /app HTTP/1.1\r\nHost: a\r\nCookie: ${cookie}\r\n\r\n`,
        `GET /app HTTP/1.1\r\nHost: a\r\nCookie: ${'"\\'.repeat(20_000)}\r\n\r\n`,
        `GET /static/js/bokeh.min.js HTTP/1.1\r\nHost: a\r\nRange: bytes=${"0-1,".repeat(8000)}0-1\r\n\r\n`,
        `GET /static/js/bokeh.min.js HTTP/1.1\r\nHost: a\r\nRange: bytes=0-18446744073709551616\r\n\r\n`,
        `GET /static/js/bokeh.min.js HTTP/1.1\r\nHost: a\r\nAccept-Encoding: ${"gzip;q=0.1,".repeat(4000)}\r\n\r\n`,
        `GET /static/js/bokeh.min.js HTTP/1.1\r\nHost: a\r\nIf-None-Match: ${'"x",'.repeat(9000)}\r\n\r\n`,
        `POST /app HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000000\r\n\r\n`,
        `POST /app HTTP/1.1\r\nHost: a\r\n${multipart}Content-Length: 60000\r\n\r\n${"--x\r\n\r\n".repeat(7500)}`,
      ];
      for (const request of requests) {
        const started = performance.now();
        const response = await rawRequest(server.port, request);
        assert(performance.now() - started < 2500, request.slice(0, 60));
        assert((response?.status ?? 400) < 500, `${response?.status} for ${request.slice(0, 60)}`);
      }
    });
    await attack("no redirect leads to another host", async () => {
      for (
        const path of [
          "//evil.test",
          "/\\evil.test",
          "//evil.test/app",
          "/%2f%2fevil.test",
          "/%5cevil.test",
          "///evil.test/..",
          "//",
          "/app//evil.test",
          "/?x=\r\nLocation: http://evil.test",
        ]
      ) {
        const response = await get(server, path);
        const location = response?.headers.get("location");
        if (location) {
          assertEquals(new URL(location, `http://localhost:${server.port}/`).host, `localhost:${server.port}`, path);
        }
      }
    });
    await attack("no response contains the Host or headers of a proxy", async () => {
      const headers =
        "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Proto: evil\r\nX-Forwarded-Host: evil.test\r\nX-Real-Ip: 6.6.6.6\r\n";
      for (const route of ROUTES.slice(0, 5)) {
        const response = await rawRequest(server.port, `GET ${route} HTTP/1.1\r\nHost: evil.test\r\n${headers}\r\n`);
        const { body, headers: answered } = response!;
        const text = body.replaceAll(/eyJ[\w-]+/g, "") + JSON.stringify([...answered]);
        assert(!text.includes("evil") && !text.includes("6.6.6.6"), route);
      }
    });
  },
);

testAttacks("Static files: only files below the root are served", {
  apps: [
    decodeURIComponent(new URL("../kit/attacked_apps/folder", import.meta.url).pathname),
    decodeURIComponent(new URL("../kit/attacked_apps/app.ts", import.meta.url).pathname),
  ],
}, async (server, attack) => {
  await attack("path traversal is refused in every encoding", async () => {
    const ups = [
      "..",
      "%2e%2e",
      ".%2e",
      "%2E.",
      "%252e%252e",
      "..%00",
      "..;",
      "%c0%ae%c0%ae",
      "\uff0e\uff0e",
      "..%5c..",
      "..\\..",
      "....//",
      "%uff0e",
    ];
    const targets = ["main.ts", "etc/passwd", "static_sibling/secret.txt"];
    for (const root of ["/static", "/folder/static", "/app/static", "/static/js"]) {
      for (const up of ups) {
        for (const target of targets) {
          for (
            const path of [
              `${root}/${up}/${target}`,
              `${root}/${up}%2f${up}%2f${target}`,
              `${root}/${up}/${up}/${up}/${up}/${up}/${up}/${target}`,
            ]
          ) {
            const response = await get(server, path);
            assert([400, 403, 404].includes(response?.status ?? 400), `${response?.status} for ${path}`);
            assert(!response?.body.includes("secret of") && !response?.body.includes("root:"), path);
          }
        }
      }
      for (
        const rest of [
          "/etc/passwd",
          "%2fetc%2fpasswd",
          "C:/x",
          "C:%5cx",
          "\\\\host\\share",
          "%5c%5chost%5cshare",
          "file:///etc/passwd",
          "a%00.js",
          "%00",
          ".",
          "",
          "js",
          "%",
          "%f",
          "%ff",
          "a".repeat(5000),
          "CON",
          "a:stream",
          "~root",
          "...",
        ]
      ) {
        const response = await get(server, `${root}/${rest}`);
        assert(
          [400, 403, 404].includes(response?.status ?? 400),
          `${response?.status} for ${root}/${rest.slice(0, 60)}`,
        );
      }
    }
  });
  await attack("a symbolic link to a path outside the root is not followed; one inside is", async () => {
    assertEquals((await get(server, "/folder/static/outside.ts"))?.status, 404);
    assertEquals((await get(server, "/folder/static/outside/main.ts"))?.status, 404);
    assertEquals((await get(server, "/folder/static/inside.txt"))?.status, 200);
    assertEquals((await get(server, "/folder/static/hello.txt"))?.body.trim(), "hello");
  });
});

testAttacks("Pages: text of requests and clients is never code", {}, async (server, attack) => {
  const nasty = `"'</script><script>alert(1)</script>\u2028\\\n\${x}\``;
  await attack("arguments of autoload.js are escaped or refused", async () => {
    for (const name of ["bokeh-autoload-element", "bokeh-app-path", "bokeh-session-id", "anything", "resources"]) {
      const query = new URLSearchParams({ "bokeh-autoload-element": "e", [name]: nasty });
      const response = await get(server, `/app/autoload.js?${query}`);
      assertEquals(response?.status, 200, name);
      assert(!/<\/?script|\u2028/.test(response!.body), name);
      new Function(response!.body);
    }
    for (
      const url of [
        "javascript:alert(1)",
        "//evil.test",
        "http://[bad",
        "data:text/javascript,1",
        "http:",
        "https://",
        "http:///x",
        "ftp://x",
        `http://x/${nasty}`,
        "http://a b/",
      ]
    ) {
      const query = new URLSearchParams({ "bokeh-autoload-element": "e", "bokeh-absolute-url": url });
      const response = await get(server, `/app/autoload.js?${query}`);
      if (response?.status === 400) continue;
      assertEquals([response?.status, url.startsWith("http://x/")], [200, true], url);
      assert(!/<\/?script|\u2028/.test(response!.body), url);
      new Function(response!.body);
    }
  });
  await attack("arguments, ids, paths and origins are escaped", async () => {
    const encoded = encodeURIComponent(nasty);
    for (
      const path of [
        `/app?x=${encoded}`,
        `/app?bokeh-session-id=${encoded}`,
        `/${encoded}`,
        `/app/${encoded}`,
        `/static/${encoded}`,
        `/app?bokeh-token=${encoded}`,
        `/app/autoload.js?${encoded}`,
      ]
    ) {
      const { body = "" } = await get(server, path) ?? {};
      assert(!body.includes("<script>alert") && !body.includes("\u2028"), path);
    }
  });
  await attack("values that clients have set are escaped", async () => {
    const id = "stored";
    using client = await server.client(id);
    const markup = `"></div><script>alert(2)</script>`;
    await client.patch({ kind: "TitleChanged", title: `</title>${markup}` });
    const attributes = { text: markup, name: markup, tags: [markup] };
    const model = { type: "object", name: "Div", id: markup, attributes };
    const reply = await client.patch({ kind: "RootAdded", model });
    assert(reply === "OK" || reply === "ERROR");
    const { body } = (await get(server, `/app?bokeh-session-id=${id}`))!;
    assertStringIncludes(body, "&lt;/title&gt;");
    assert(!body.includes("<script>alert"));
  });
  await attack("CORS allows credentials only for listed origins", async () => {
    const ask = async (origin: string) =>
      (await get(server, "/app/autoload.js?bokeh-autoload-element=e", { headers: `Origin: ${origin}\r\n` }))!.headers;
    assertEquals((await ask("http://evil.test")).get("access-control-allow-origin"), "*");
    const own = await ask(`http://localhost:${server.port}`);
    assertEquals([own.get("access-control-allow-origin"), own.get("vary")], [
      `http://localhost:${server.port}`,
      "Origin",
    ]);
  });
});

Deno.test("Errors: the page of a failed application does not contain the error, and the next request is served", async () => {
  const app = decodeURIComponent(new URL("../kit/attacked_apps/throws.ts", import.meta.url).pathname);
  await using server = await ServerProcess.start({ apps: [app] });
  const failed = await get(server, "/throws?fail=yes");
  assertEquals(failed?.status, 500);
  assert(!/secret|throws\.ts|at /.test(failed!.body), failed!.body);
  assertEquals((await get(server, "/throws"))?.status, 200);
  const again = await get(server, "/throws?fail=yes&bokeh-session-id=same");
  assertEquals(again?.status, 500);
  assertEquals((await get(server, "/throws?bokeh-session-id=same"))?.status, 200);
});
