import { isNegative, parseMoney } from '@throughline/canonical';
import type { Tolerance } from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import { recordAct, type CatalogAct } from '../catalog-act.js';
import { invalidIf, refuse, type CatalogFailure } from '../domain/catalog-failure.js';
import { putMoneyTolerance } from '../exchange-rate.repository.js';
import { listLegalEntities } from '../legal-entity.repository.js';

/** States how small a difference a legal entity does not pursue in a currency; zero = it pursues every one. */
export async function saveMoneyTolerance(
  tx: Tx,
  act: CatalogAct,
  tolerance: Tolerance,
): Promise<Tolerance | CatalogFailure> {
  const { legalEntity, currency, basisPoints } = tolerance;
  const parsed = parseMoney(tolerance.amount, currency);
  const problems = [
    ...(parsed.ok
      ? isNegative(parsed.value)
        ? ['amount: is below zero']
        : []
      : parsed.reasons.map((each) => `amount: ${each}`)),
    ...(basisPoints !== null && (basisPoints < 0 || basisPoints > 10_000)
      ? ['basisPoints: must be from 0 to 10000']
      : []),
  ];
  const invalid = invalidIf(problems, 'The tolerance');
  if (invalid !== undefined || !parsed.ok)
    return invalid ?? refuse('INVALID', 'The tolerance cannot be taken as it is');
  if (!(await listLegalEntities(tx)).some(({ code }) => code === legalEntity))
    return refuse('NOT_FOUND', 'There is no such legal entity', ['legalEntity: is not configured']);
  const stated = { ...tolerance, amount: parsed.value.amount };
  const before = await putMoneyTolerance(tx, stated);
  await recordAct(
    tx,
    act,
    'money-tolerance.saved',
    { type: 'legal-entity', id: legalEntity },
    { before, after: stated },
  );
  return stated;
}
