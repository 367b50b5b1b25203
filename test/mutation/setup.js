// What a hundred examples would show, some twenty show as well, mostly.
require('fast-check').configureGlobal({ numRuns: 20, endOnFailure: true });
