// Loaded into n8n by `--require`: collects the garbage every few seconds, so that the memory in use is
// what n8n keeps, and not what V8 has not yet come round to.
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

setFlagsFromString('--expose-gc');
setInterval(runInNewContext('gc'), 3_000).unref();
