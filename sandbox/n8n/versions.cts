/** The n8n releases that `sandbox/n8n/<version>/` pins, newest first. */
export const N8N_VERSIONS = ['2.40.7', '1.123.81'];

/** The one that `npm start`, the tests and the benchmarks run. `npm run test:compat` sets the variable for each in turn. */
export const N8N_VERSION = process.env.SANDBOX_N8N_VERSION ?? N8N_VERSIONS[0];
