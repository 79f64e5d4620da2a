// An application in a folder with files. This source file must never be served.
export { default } from "../app.ts";
