import type { HistoryLoad } from './load-history.js';

/** Fills a tenant with a history. Loaded when asked for: it takes the told stories with it, which no running program needs. */
export async function loadHistory(options: HistoryLoad): Promise<void> {
  const loader = await import('./load-history.js');
  await loader.loadHistory(options);
}
