/** Imports the main entry point of the package. */

import "@bokeh/server";
