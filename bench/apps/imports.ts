/** Imports all entry points of the package that an application uses. */

import "@bokeh/server";
import "@bokeh/server/embed";
import "@bokeh/server/events";
import "@bokeh/server/layouts";
import "@bokeh/server/models";
import "@bokeh/server/palettes";
import "@bokeh/server/plotting";
import "@bokeh/server/themes";
import "@bokeh/server/transform";
import "@bokeh/server/driving";
import "@bokeh/server/statistics";
import "@bokeh/server/large_data";
