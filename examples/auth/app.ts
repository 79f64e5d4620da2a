/** An application that greets the user who is logged in. */

import type { Document } from "@bokeh/server";
import { Div, Slider } from "@bokeh/server/models";
import { column } from "@bokeh/server/layouts";

/** A user, as the auth modules of this folder return it. */
interface User {
  readonly name: string;
}

function isUser(value: unknown): value is User {
  return typeof value === "object" && value !== null && "name" in value && typeof value.name === "string";
}

export const metadata = { title: "Who are you?", description: "Greets the user who is logged in" };

export default function (doc: Document): void {
  const context = doc.session_context!;
  const user = context.request?.user;
  const name = isUser(user) ? user.name : "guest";
  const greeting = new Div({ name: "greeting", text: `Hello, ${escape(name)}!`, styles: { "font-size": "1.5rem" } });
  const slider = new Slider({ title: "How are you?", start: 0, end: 10, value: 5 });
  const logout = new Div({ text: context.logoutUrl === null ? "" : `<a href="${context.logoutUrl}">Log out</a>` });
  doc.add_root(column([greeting, slider, logout]));
  doc.title = "Who are you?";
}

/** Escapes a text for HTML: a name must not be able to add markup to the page. */
function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
