import { intakeDifferences, type IntakeMember, type MappingPack } from '@throughline/ingest';

/** Why a version cannot say otherwise: messages are taken in before any version of a tenant is looked at. */
const REASONS: Record<IntakeMember, string> = {
  identity:
    'belongs to the shipped mapping: signals are told apart when they are received, and under another rule some would be stored twice and others be lost as duplicates',
  type: 'belongs to the shipped mapping: signals are named when they are received; choose rules by "when" instead',
  records: 'belongs to the shipped mapping: requests are cut into records when they are received',
};

/** What a mapping would change of how messages of its kinds of source systems are taken in, which shipped mappings decide. */
export function intakeProblems(pack: MappingPack, shipped: ReadonlyMap<string, { pack: MappingPack }>): string[] {
  const deciding = [...shipped.values()].filter(
    ({ pack: other }) => other.name === pack.name || other.sourceKinds.some((kind) => pack.sourceKinds.includes(kind)),
  );
  return deciding.flatMap(({ pack: other }) =>
    intakeDifferences(pack, other).map((member) => {
      const whose = other.name === pack.name ? '' : ` (${other.name})`;
      return `${member}: ${REASONS[member]}${whose}`;
    }),
  );
}
