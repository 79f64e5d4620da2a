/// <reference types="./constants.d.ts" />

// Stands in for a script that the server cannot send: browsers run the body of an error response,
// too.

console.error(__ERROR_MESSAGE__);
