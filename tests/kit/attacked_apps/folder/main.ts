// An application in a folder with files. The secret of the source must never be served.
export { default } from "../app.ts";
