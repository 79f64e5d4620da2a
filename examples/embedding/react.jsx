/**
 * An application as a component of React. `deno bundle --platform browser examples/embedding/react.jsx` makes a script of it.
 *
 * @module
 */

/** @jsxImportSource react */

import { useEffect, useRef, useState } from "react";
import { createRoot } from "react-dom/client";

/**
 * Shows the application at a path of a server as long as it is mounted.
 *
 * @param {{ server: string, path: string, arguments?: Record<string, string> }} props
 */
export function BokehApplication({ server, path, arguments: args = {} }) {
  const element = useRef(null);
  const told = new URLSearchParams(args).toString();
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    import(new URL("embed.js", server).href)
      .then(({ embed }) => embed(element.current, path, { arguments: new URLSearchParams(told), signal }))
      .catch((error) => signal.aborted || console.error(error));
    return () => controller.abort();
  }, [server, path, told]);
  return <div ref={element} />;
}

/** A page that mounts and unmounts an application. */
function Page() {
  const server = new URLSearchParams(location.search).get("server") ?? "http://localhost:5006/";
  const [shown, show] = useState(true);
  return (
    <main>
      <button type="button" onClick={() => show(!shown)}>{shown ? "Hide" : "Show"}</button>
      {shown && <BokehApplication server={server} path="/powers" />}
    </main>
  );
}

createRoot(document.body.appendChild(document.createElement("div"))).render(<Page />);
