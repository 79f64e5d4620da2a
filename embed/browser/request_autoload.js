/// <reference types="./constants.d.ts" />

// Requests an application's autoload.js, with headers and cookies that a <script src> could not
// send, and runs it.

const request = new XMLHttpRequest();
request.responseType = "blob";
request.open("GET", __AUTOLOAD_URL__, true);
for (const [name, value] of __AUTOLOAD_HEADERS__) request.setRequestHeader(name, value);
request.withCredentials = __WITH_CREDENTIALS__;
request.onload = () => {
  if (request.status !== 200) {
    console.error("Cannot show a Bokeh application: its server answers with the status", request.status);
    return;
  }
  const src = URL.createObjectURL(request.response);
  document.body.append(Object.assign(document.createElement("script"), { src }));
};
request.send();
