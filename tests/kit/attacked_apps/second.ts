// A second application on the same server.
export { default } from "./app.ts";
