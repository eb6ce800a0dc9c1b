import type { Workflow } from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import { describeIntegrations, findSourceSystems, listLegalEntities } from '../catalog/index.js';
import type { EstateNames } from './domain/delay-view.js';
import type { Way } from './domain/journey-of.js';

/** What the catalog says of the names that occur in these ways; what it does not know keeps its own name. */
export async function readEstateNames(
  tx: Tx,
  ways: readonly Way[],
  workflowOf: (name: string) => Workflow | undefined,
): Promise<EstateNames> {
  const segments = ways.flatMap(({ path }) => path.segments);
  const integrations = await describeIntegrations(tx, distinct(segments.map(({ integration }) => integration)));
  const byIntegration = new Map(integrations.map((one) => [one.name, one]));
  const names = [...segments.map(({ system }) => system), ...integrations.map(({ toSystem }) => toSystem)];
  const systems = new Map((await findSourceSystems(tx, distinct(names))).map((one) => [one.name, one]));
  const entities = new Map((await listLegalEntities(tx)).map((one) => [one.code, one]));
  const milestones = ways.flatMap(({ journey }) => workflowOf(journey.workflow?.name ?? '')?.milestones ?? []);
  const titles = new Map(milestones.map(({ name, title }) => [name, title]));
  return {
    productOf: (system) => systems.get(system)?.kind ?? null,
    targetOf: (integration) => byIntegration.get(integration)?.toSystem ?? null,
    regionOf: (legalEntity) => entities.get(legalEntity)?.country ?? null,
    systemTitle: (system) => systems.get(system)?.title ?? system,
    integrationTitle: (integration) => byIntegration.get(integration)?.title ?? integration,
    milestoneTitle: (milestone) => titles.get(milestone) ?? milestone,
    entityName: (legalEntity) => entities.get(legalEntity)?.name ?? legalEntity,
  };
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].filter((name) => name !== '');
}
