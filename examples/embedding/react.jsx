/**
 * A React component that shows an application. `deno bundle --platform browser examples/embedding/react.jsx` bundles it.
 *
 * @module
 */

/** @jsxImportSource react */

import { useEffect, useRef, useState } from "react";
import { createRoot } from "react-dom/client";

/**
 * Shows an application of a Bokeh server while the component is mounted.
 *
 * @param {{ server: string, path: string, arguments?: Record<string, string> }} props
 */
export function BokehApplication({ server, path, arguments: args = {} }) {
  const element = useRef(null);
  const query = new URLSearchParams(args).toString();
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    import(new URL("embed.js", server).href)
      .then(({ embed }) => embed(element.current, path, { arguments: new URLSearchParams(query), signal }))
      .catch((error) => signal.aborted || console.error(error));
    return () => controller.abort();
  }, [server, path, query]);
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
