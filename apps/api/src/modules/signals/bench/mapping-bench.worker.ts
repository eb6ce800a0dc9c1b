import { parentPort } from 'node:worker_threads';
import type { BenchRequest, BenchResult } from './bench-messages.js';
import { compareDefinitions } from './compare-definitions.js';
import { tryDefinition } from './try-definition.js';

// A thread of its own for expressions that people write: whoever started it ends it when it takes too long.
const port = parentPort;
if (port === null) throw new Error('this module runs in a worker thread');

function answer(request: BenchRequest): Promise<BenchResult> {
  return request.kind === 'trial' ? tryDefinition(request) : compareDefinitions(request);
}

port.once('message', (request: BenchRequest) => {
  void answer(request).then(
    (result) => port.postMessage({ result }),
    (error: unknown) => port.postMessage({ failure: error instanceof Error ? error.message : 'failed' }),
  );
});
