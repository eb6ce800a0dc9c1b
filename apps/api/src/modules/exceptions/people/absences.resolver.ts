import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Tx } from '@throughline/persistence';
import { requireText, requireUuid } from '../../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { actOf, isFailure, type CatalogFailureType } from '../../catalog/index.js';
import { findPeople, permissionsOf, PersonType, RequirePermission, type PersonRow } from '../../identity/index.js';
import { standInOf } from '../domain/deputies.js';
import { optionalUuid } from '../read-selection.js';
import { findAbsence, listAbsences, type AbsenceRow } from './absence.repository.js';
import { AbsenceInput, AbsenceResult, AbsenceType, type AbsenceSavedType } from './graphql/absence.types.js';
import { endStatedAbsence, stateAbsence } from './state-absence.js';

const NOTE = { min: 0, max: 500 };

/** Who is away, until when, and who stands in. Everybody sees it, and states their own. */
@Resolver(() => AbsenceType)
@RequirePermission('catalog.read')
export class AbsencesResolver {
  @Query(() => [AbsenceType], { description: 'That run or are to come, the next one first' })
  async absences(
    @Args('personId', { type: () => ID, nullable: true }) personId: string | null | undefined,
    @CurrentOperation() operation: Operation,
  ): Promise<AbsenceType[]> {
    const now = operation.now();
    const tx = await operation.read();
    const all = await listAbsences(tx, now, null);
    const wanted = optionalUuid(personId, 'personId');
    return toAbsences(tx, wanted === null ? all : await listAbsences(tx, now, wanted), all, now);
  }

  @ResolveField(() => PersonType, { nullable: true })
  person(@Parent() { personId }: AbsenceType, @CurrentOperation() operation: Operation): Promise<PersonType | null> {
    return personOf(operation, personId);
  }

  @ResolveField(() => PersonType, { nullable: true, description: 'As it was stated' })
  deputy(@Parent() { deputyId }: AbsenceType, @CurrentOperation() operation: Operation): Promise<PersonType | null> {
    return personOf(operation, deputyId);
  }

  @ResolveField(() => PersonType, {
    nullable: true,
    description: 'While it runs: the deputy, or whoever stands in for an absent deputy',
  })
  standIn(@Parent() { standInId }: AbsenceType, @CurrentOperation() operation: Operation): Promise<PersonType | null> {
    return personOf(operation, standInId);
  }

  @Mutation(() => AbsenceResult)
  async stateAbsence(
    @Args('input') input: AbsenceInput,
    @CurrentOperation() operation: Operation,
  ): Promise<AbsenceSavedType | CatalogFailureType> {
    const stated = {
      personId: optionalUuid(input.personId, 'personId') ?? operation.viewer.personId,
      from: input.from,
      until: input.until,
      deputyId: optionalUuid(input.deputyId, 'deputyId'),
      note: requireText(input.note ?? '', 'note', NOTE),
    };
    const outcome = await operation.write((tx) => stateAbsence(tx, actOf(operation), stated));
    if (isFailure(outcome)) return outcome;
    return { absence: await absenceOf(operation, outcome.absenceId), warnings: outcome.warnings };
  }

  @Mutation(() => AbsenceResult, { description: 'Now, or before it begins' })
  async endAbsence(
    @Args('id', { type: () => ID }) id: string,
    @CurrentOperation() operation: Operation,
  ): Promise<AbsenceSavedType | CatalogFailureType> {
    const absenceId = requireUuid(id, 'id');
    const failure = await operation.write((tx) => endStatedAbsence(tx, actOf(operation), absenceId));
    return failure ?? { absence: await absenceOf(operation, absenceId), warnings: [] };
  }
}

async function absenceOf(operation: Operation, absenceId: string): Promise<AbsenceType | null> {
  const tx = await operation.read();
  const row = await findAbsence(tx, absenceId);
  const now = operation.now();
  return row && ((await toAbsences(tx, [row], await listAbsences(tx, now, null), now))[0] ?? null);
}

/** Absences with who stands in now; `all` = those that may lead further. */
async function toAbsences(
  tx: Tx,
  rows: readonly AbsenceRow[],
  all: readonly AbsenceRow[],
  now: Date,
): Promise<AbsenceType[]> {
  const deputies = [...new Set(all.flatMap(({ deputyId }) => deputyId ?? []))];
  const people = new Map((await findPeople(tx, deputies)).flatMap((person) => (person ? [[person.id, person]] : [])));
  return rows.map(({ statedAt: _at, statedBy: _by, ...row }) => {
    const standIn = standInOf(row.personId, now, all, (id) => mayRead(people.get(id)));
    const isAway = row.from <= now && standIn.kind === 'away';
    return {
      ...row,
      isNow: row.from <= now && now < row.until,
      standInId: isAway ? standIn.deputyId : null,
      noStandInReason: isAway && standIn.deputyId === null ? standIn.why : null,
    };
  });
}

function mayRead(person: PersonRow | undefined): boolean {
  return person !== undefined && permissionsOf(person.roles).has('exception.read');
}

async function personOf(operation: Operation, id: string | null): Promise<PersonType | null> {
  return id === null ? null : operation.loader<string, PersonRow>('person', findPeople).load(id);
}
