import { type RateFormat, readRateFile } from '@throughline/ingest';
import type { Tx } from '@throughline/persistence';
import { recordAct, type CatalogAct } from '../catalog-act.js';
import { invalidIf, refuse, type CatalogFailure } from '../domain/catalog-failure.js';
import { textProblems } from '../domain/catalog-text.js';
import { findBases, putExchangeRates } from '../exchange-rate.repository.js';

/** Changed rates that the audit record names one by one; of more it says how many. */
const MOST_NAMED = 100;

/** What an import did. */
export type RatesImported = { types: string[]; added: number; changed: number; unchanged: number };

/** Takes a file of rates whole or not at all. A day's rate that is stated again with another number is changed, on record. */
export async function importExchangeRates(
  tx: Tx,
  act: CatalogAct,
  { format, text, source }: { format: RateFormat; text: string; source: string },
): Promise<RatesImported | CatalogFailure> {
  const invalid = invalidIf(
    format === 'csv' ? textProblems('source', source, { max: 200 }) : [],
    'The file of exchange rates',
  );
  if (invalid !== undefined) return invalid;
  const read = readRateFile(format, text, source);
  if (!read.ok) return refuse('INVALID', 'The file of exchange rates cannot be taken as it is', read.problems);
  const { rates } = read;
  const types = [...new Set(rates.map(({ type }) => type))].sort();
  const bases = new Map((await findBases(tx, types)).map(({ type, base }) => [type, base]));
  const otherBase = rates.find(({ type, base }) => (bases.get(type) ?? base) !== base);
  if (otherBase !== undefined) {
    const { type, base } = otherBase;
    return refuse('CONFLICT', 'Rates of one type have one base currency', [
      `type ${type}: has the base ${bases.get(type) ?? ''} so far, the file says ${base}`,
    ]);
  }
  const { added, changed } = await putExchangeRates(tx, rates, act.viewer.personId, act.now);
  const days = rates.map(({ date }) => date).sort();
  await recordAct(
    tx,
    act,
    'exchange-rates.imported',
    { type: 'exchange-rates', id: types.join(',') },
    {
      format,
      source: rates[0]?.source ?? source,
      from: days[0],
      to: days.at(-1),
      rates: rates.length,
      added,
      changed: changed.length,
      changes: changed.slice(0, MOST_NAMED),
    },
  );
  return { types, added, changed: changed.length, unchanged: rates.length - added - changed.length };
}
