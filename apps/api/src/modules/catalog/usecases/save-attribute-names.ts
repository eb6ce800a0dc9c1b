import type { Tx } from '@throughline/persistence';
import { replaceAttributeNames } from '../attribute-name.repository.js';
import { recordAct, type CatalogAct } from '../catalog-act.js';
import { attributeNameProblems } from '../domain/attribute-name-rules.js';
import { invalidIf, type CatalogFailure } from '../domain/catalog-failure.js';

/** States what a service calls the finance attributes, in the place of what was stated before. */
export async function saveAttributeNames(
  tx: Tx,
  act: CatalogAct,
  input: { serviceName: string; names: readonly { attribute: string; financeAttribute: string }[] },
): Promise<{ serviceName: string } | CatalogFailure> {
  const { serviceName } = input;
  const names = input.names.map(({ attribute, financeAttribute }) => ({
    attribute: attribute.trim(),
    financeAttribute: financeAttribute.trim(),
  }));
  const invalid = invalidIf(attributeNameProblems(serviceName, names), 'The names');
  if (invalid !== undefined) return invalid;
  const before = await replaceAttributeNames(tx, serviceName, names);
  const asMembers = (list: typeof names) =>
    Object.fromEntries(list.map(({ attribute, financeAttribute }) => [attribute, financeAttribute]));
  await recordAct(
    tx,
    act,
    'attribute-names.saved',
    { type: 'service', id: serviceName },
    {
      before: asMembers(before),
      after: asMembers(names),
    },
  );
  return { serviceName };
}
