// The view of a FileDropper: an AnyWidget. Sends each file as the body of a POST.

function accepts(accept, { name, type }) {
  const patterns = accept.split(",").map((pattern) => pattern.trim().toLowerCase()).filter((pattern) => pattern !== "");
  return patterns.length === 0 || patterns.some((pattern) => {
    if (pattern.startsWith(".")) return name.toLowerCase().endsWith(pattern);
    return pattern.endsWith("/*") ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
  });
}

function sizeText(bytes) {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${Number((bytes / 1000 ** power).toPrecision(3))} ${units[power]}`;
}

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** Sends a file. Resolves when the server has received it. */
function send(url, file, onProgress, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `${url}?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader("content-type", file.type || "application/octet-stream");
    request.upload.onprogress = ({ loaded }) => onProgress(loaded);
    request.onload = () => {
      if (request.status === 200) resolve();
      else {reject(
          new Error(request.status === 413 ? "The file is too large" : `The server refused it (${request.status})`),
        );}
    };
    request.onerror = () => reject(new Error("The connection was lost"));
    request.onabort = () => reject(new Error("Canceled"));
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

/** Shows a file that waits until it is sent. Its row is removed after the upload, when other files are dropped. */
function rowOf(list, file) {
  const abort = new AbortController();
  const progress = element("progress", { max: Math.max(1, file.size), value: 0 });
  const status = element("span", { textContent: sizeText(file.size) });
  const cancel = element("button", { type: "button", textContent: "×", title: "Cancel", onclick: () => abort.abort() });
  list.append(
    element("li", { className: "sending" }, element("span", { textContent: file.name }), progress, status, cancel),
  );
  return { abort, progress, status, cancel };
}

/** Sends a file, and shows its progress. */
async function upload(model, { abort, progress, status, cancel }, file) {
  const maxBytes = model.get("max_bytes");
  try {
    if (!accepts(model.get("accept"), file)) throw new Error("This type of file is not accepted");
    if (file.size > maxBytes) throw new Error(`The file is larger than ${sizeText(maxBytes)}`);
    if (model.get("upload_url") === "") throw new Error("This page has no server");
    if (abort.signal.aborted) throw new Error("Canceled");
    await send(model.get("upload_url"), file, (loaded) => progress.value = loaded, abort.signal);
    progress.value = progress.max;
    status.textContent = `${sizeText(file.size)}, done`;
    model.set("files", [...model.get("files"), { name: file.name, type: file.type, size: file.size }]);
    model.save_changes();
  } catch (error) {
    progress.remove();
    status.textContent = error.message;
    status.setAttribute("role", "alert");
  } finally {
    cancel.closest("li")?.classList.remove("sending");
    cancel.remove();
  }
}

module.exports = {
  render({ model, el }) {
    const input = element("input", { type: "file", hidden: true });
    const label = element("span");
    const button = element("button", { type: "button", className: "choose", onclick: () => input.click() });
    const zone = element("div", { className: "zone" }, label, button, input);
    const list = element("ul", { className: "files" });
    let sending = Promise.resolve();

    const show = () => {
      label.textContent = model.get("title");
      button.textContent = model.get("button_label");
      Object.assign(input, { multiple: model.get("multiple"), accept: model.get("accept") });
      for (const control of [input, button]) control.disabled = model.get("disabled");
    };
    // One after the other: the files arrive in their order, and the browser keeps its connections.
    const take = (files) => {
      if (model.get("disabled")) return;
      const most = model.get("multiple") ? model.get("max_files") : 1;
      for (const row of list.querySelectorAll("li:not(.sending)")) row.remove();
      for (const file of [...files].slice(0, most)) {
        const row = rowOf(list, file);
        sending = sending.then(() => upload(model, row, file));
      }
      if (files.length > most) {
        list.append(element("li", { textContent: `Only ${most} of ${files.length} files are sent` }));
      }
    };
    input.onchange = () => {
      take(input.files);
      input.value = "";
    };
    zone.ondragover = (event) => {
      event.preventDefault();
      zone.classList.add("over");
    };
    zone.ondragleave = () => zone.classList.remove("over");
    zone.ondrop = (event) => {
      event.preventDefault();
      zone.classList.remove("over");
      take(event.dataTransfer.files);
    };
    for (const name of ["title", "button_label", "multiple", "accept", "disabled"]) model.on(`change:${name}`, show);
    show();
    el.append(zone, list);
  },
};
