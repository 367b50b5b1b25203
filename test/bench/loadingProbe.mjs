/**
 * What it costs a fresh n8n process to load some files: `node --expose-gc loadingProbe.mjs
 * <preloaded module or ''> <file>...` prints milliseconds and bytes of heap. No TypeScript, so
 * that nothing but Node has a hand in `require`.
 */
// n8n has these in memory before it comes to the first node, and n8n-workflow as well.
import 'node:crypto';
import 'node:https';
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';
import process from 'node:process';

const [preloaded, ...files] = process.argv.slice(2);
const require = createRequire(files[0]);

if (preloaded) require(preloaded);

function heapUsed() {
	globalThis.gc();
	globalThis.gc();
	return process.memoryUsage().heapUsed;
}

// n8n makes one of each class, and a class that is a node holds its description.
const make = (exported) => (preloaded ? Object.values(exported).map((Type) => new Type()) : []);

const before = heapUsed();
const start = performance.now();
const kept = files.map((file) => require(file)).map((exported) => [exported, make(exported)]);
const milliseconds = performance.now() - start;
const bytes = heapUsed() - before;
// What was made has to live until here, or it would not be counted.
if (kept.length === 0) throw new Error('Nothing was loaded');
process.stdout.write(JSON.stringify({ milliseconds, bytes }));
