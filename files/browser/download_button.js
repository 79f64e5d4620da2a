// The view of a DownloadButton: an AnyWidget. The link looks like a button of Bokeh.

const buttons = require("@bokeh/bokehjs/build/js/lib/styles/buttons.css");

/** Returns whether a URL is one of HTTP: other clients of the session can write scripts into it. */
function isHttp(url) {
  const { baseURI } = document;
  return URL.canParse(url, baseURI) && ["http:", "https:"].includes(new URL(url, baseURI).protocol);
}

module.exports = {
  render({ model, el }) {
    const style = Object.assign(document.createElement("style"), { textContent: buttons.default });
    const link = Object.assign(document.createElement("a"), { download: "" });
    link.style.textDecoration = "none";
    const show = () => {
      link.textContent = model.get("label");
      link.className = `${buttons.btn} ${buttons[`btn_${model.get("button_type")}`]}`;
      const url = model.get("download_url");
      if (model.get("disabled") || url === "" || !isHttp(url)) link.removeAttribute("href");
      else link.href = url;
      link.ariaDisabled = model.get("disabled") ? "true" : null;
    };
    for (const name of ["label", "button_type", "download_url", "disabled"]) model.on(`change:${name}`, show);
    show();
    el.append(style, link);
  },
};
