// The view of a DownloadButton: an AnyWidget. The link looks like a button of Bokeh.

const buttons = require("@bokeh/bokehjs/build/js/lib/styles/buttons.css");

module.exports = {
  render({ model, el }) {
    const style = Object.assign(document.createElement("style"), { textContent: buttons.default });
    const link = Object.assign(document.createElement("a"), { download: "" });
    link.style.textDecoration = "none";
    const show = () => {
      link.textContent = model.get("label");
      link.className = `${buttons.btn} ${buttons[`btn_${model.get("button_type")}`]}`;
      if (model.get("disabled") || model.get("download_url") === "") link.removeAttribute("href");
      else link.href = model.get("download_url");
      link.toggleAttribute("aria-disabled", model.get("disabled"));
    };
    for (const name of ["label", "button_type", "download_url", "disabled"]) model.on(`change:${name}`, show);
    show();
    el.append(style, link);
  },
};
