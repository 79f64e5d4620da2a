// A second application for the same server.
export { default } from "./app.ts";
