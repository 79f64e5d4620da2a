/// <reference types="./bokehjs.d.ts" />

/**
 * Changes how BokehJS looks on phones and for users who prefer dark colors. Pages load this module
 * before they show documents, if one of the two applies.
 *
 * Rules of BokehJS set the colors on each element, so that these rules must stand in each shadow
 * root.
 */

const RULES = `
@media (prefers-color-scheme: dark) {
  :host {
    color-scheme: dark;
    --color: #e6e8eb !important; --background-color: #1d232b !important; --hover-color: #2a323c !important;
    --disabled-color: #9aa3ad !important; --border-color: #6b7683 !important; --divider-color: #39424e !important;
    --shortcut-color: #a9b3be !important; --placeholder-color: #9aa3ad !important; --inverted-color: #14181d !important;
    --surface-background-color: #2a323c !important; --disabled-background-color: #2a323c !important;
    --active-bg: #1f4a6b !important; --active-fg: #9bcdf2 !important; --inactive-bg: #2a323c !important;
    --inactive-fg: #a9b3be !important; --icon-color: #a9b3be !important; --outline-color: #6b7683 !important;
    --button-color: #4a5562 !important; --tooltip-arrow-color: #39424e !important;
    --special: #2a323c !important; --odd: #242b34 !important; --muted-text: #a9b3be !important;
    --selected: #1f4a6b !important;
    --file: #2a323c !important; --file-border: #6b7683 !important; --file-hover: #36404c !important;
    --file-active: #424d5a !important;
    --default: #2a323c !important; --default-border: #6b7683 !important; --default-hover: #36404c !important;
    --default-active: #424d5a !important; --default-disabled: #242b34 !important;
    --light: #2a323c !important; --light-border: #6b7683 !important; --light-hover: #36404c !important;
    --light-active: #424d5a !important; --light-disabled: #242b34 !important;
    --primary: #2f6fa8 !important; --success: #2f7d32 !important; --warning: #8a5a00 !important;
    --danger: #b23430 !important;
  }
  .bk-input, .bk-btn, ::file-selector-button { color: var(--color) !important; }
  .bk-btn-primary, .bk-btn-success, .bk-btn-warning, .bk-btn-danger { color: #fff !important; }
  select.bk-input option { background: var(--background-color); }
  .slick-row, .slick-header-column, .slick-cell { color: var(--color) !important; }
  .slick-header-column, .slick-header-columns { background: var(--surface-background-color) !important; }
  .slick-row { background: var(--background-color) !important; }
  .slick-row.odd { background: var(--odd) !important; }
  .slick-row.selected, .slick-cell.selected { background: var(--selected) !important; }
  .noUi-target { background: #2a323c !important; border-color: #6b7683 !important; }
  .noUi-connect { background: #4c8fc7 !important; }
  select.bk-input:not([multiple]) { background-image: url('data:image/svg+xml;utf8,<svg viewBox="0 0 25 20" xmlns="http://www.w3.org/2000/svg"><path d="M 0,0 25,0 12.5,20 Z" fill="white" /></svg>') !important; }
  .noUi-handle { background: #4a5562 !important; border-color: #9aa3ad !important; box-shadow: none !important; }
}
@media (max-width: 600px) {
  :host(.bk-Row) { flex-wrap: wrap !important; }
  :host(.bk-Row), :host(.bk-Column), :host(.bk-Figure), :host(.bk-Tabs) { max-width: calc(100vw - 10px) !important; }
  :host(.bk-DataTable), :host(.bk-GridPlot) { max-width: calc(100vw - 10px) !important; overflow-x: auto !important; }
}
`;

/** Attributes of plots for dark colors, as Bokeh's theme `dark_minimal` sets them. */
const DARK_PLOTS = {
  Plot: {
    background_fill_color: "#20262b",
    border_fill_color: "#15191c",
    outline_line_color: "#e0e0e0",
    outline_line_alpha: 0.25,
  },
  Grid: { grid_line_color: "#e0e0e0", grid_line_alpha: 0.25 },
  Axis: {
    major_tick_line_alpha: 0,
    major_tick_line_color: "#e0e0e0",
    minor_tick_line_alpha: 0,
    minor_tick_line_color: "#e0e0e0",
    axis_line_alpha: 0,
    axis_line_color: "#e0e0e0",
    major_label_text_color: "#e0e0e0",
    axis_label_text_color: "#e0e0e0",
  },
  Legend: {
    label_text_color: "#e0e0e0",
    title_text_color: "#e0e0e0",
    border_line_alpha: 0,
    background_fill_alpha: 0.25,
    background_fill_color: "#20262b",
  },
  BaseColorBar: {
    title_text_color: "#e0e0e0",
    major_label_text_color: "#e0e0e0",
    background_fill_color: "#15191c",
    bar_line_alpha: 0,
  },
  Title: { text_color: "#e0e0e0" },
};

function addRules() {
  const { prototype } = Bokeh.require("core/dom_view").DOMComponentView;
  const { _stylesheets: stylesheets } = prototype;
  prototype._stylesheets = function* () {
    yield* stylesheets.call(this);
    yield RULES;
  };
}

/** Makes dark colors the defaults of plots. Colors that the application has set remain. */
function darkenPlots() {
  /** @type {[new () => object, Record<string, unknown>][]} */
  const themes = [
    [Bokeh.require("models/plots/plot").Plot, DARK_PLOTS.Plot],
    [Bokeh.require("models/grids/grid").Grid, DARK_PLOTS.Grid],
    [Bokeh.require("models/axes/axis").Axis, DARK_PLOTS.Axis],
    [Bokeh.require("models/annotations/legend").Legend, DARK_PLOTS.Legend],
    [Bokeh.require("models/annotations/base_color_bar").BaseColorBar, DARK_PLOTS.BaseColorBar],
    [Bokeh.require("models/annotations/title").Title, DARK_PLOTS.Title],
  ];
  Bokeh.require("core/properties").use_theme({
    get(model, attr) {
      return themes.find(([type]) => model instanceof type)?.[1][attr];
    },
  });
}

/** Darkens the notices of BokehJS, such as that of a lost connection, whose text is white in dark pages. */
function darkenNotices() {
  const { host } = Bokeh.require("models/ui/notifications").notifications_el.getRootNode();
  host.style.cssText += "--danger: #b23430; --success: #2f7d32; color: #fff;";
}

if (typeof globalThis.Bokeh?.require === "function") {
  addRules();
  if (matchMedia("(prefers-color-scheme: dark)").matches) {
    darkenPlots();
    darkenNotices();
  }
}
