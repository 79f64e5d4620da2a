/** Version of Bokeh whose protocol and documents this server speaks. */
export const BOKEH_VERSION = "3.10.2";
