import { runProcess } from '@throughline/observability';
import { emitSchema } from './emit-schema.js';

// Prints the sorted SDL; the repository's `npm run generate` writes it to libs/contracts.
await runProcess('print-schema', async () => {
  process.stdout.write(await emitSchema());
});
