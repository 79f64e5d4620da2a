/// <reference types="./bokehjs.d.ts" />
/// <reference types="./constants.d.ts" />

Bokeh.set_log_level(__LOG_LEVEL__);
