/** The package's own entry point. */

import "@bokeh/server";
