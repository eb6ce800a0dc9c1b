import { isObjectType, maskText } from '@throughline/canonical';
import {
  type AttributeChange,
  type AttributeStatement,
  type AttributeValue,
  type KnownUntil,
  attributeHistory,
  attributesAsOf,
  periodStandings,
} from '@throughline/lineage';
import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { readPage, toConnection, type Connection, type Page } from '../../graphql/connection.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import type { StatementOriginType } from '../../graphql/statement-origin.type.js';
import { RequirePermission } from '../identity/index.js';
import {
  AccountTypeStandingType,
  AttributeChangeConnection,
  AttributeHistoryArgs,
  AttributesArgs,
  ObjectAttributeType,
  type AttributeChangeType,
  type SystemOfRecordType,
} from './graphql/object-history.types.js';
import { BusinessObjectType } from './graphql/object.types.js';
import { MASTER_DATA_RULES } from './pipeline/master-data-rules.js';
import { MOST_STATEMENTS, readAttributeStatements } from './pipeline/read-attribute-statements.js';

const LIST = 'attributeHistory';

/** What is known of an object, and what was known of it then; told from its stored statements, at most the latest 500 about it. */
@Resolver(() => BusinessObjectType)
@RequirePermission('transaction.read')
export class ObjectHistoryResolver {
  @ResolveField(() => [ObjectAttributeType], {
    description:
      'By name; told from the latest 500 statements about it, and the latest that name it in passing, until the time asked for',
  })
  async attributes(
    @Parent() { id, type }: BusinessObjectType,
    @Args() { asOf, knownOn }: AttributesArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<ObjectAttributeType[]> {
    const until = { ...(asOf && { asOf: asOf.toISOString() }), ...(knownOn && { knownOn }) };
    const shown = maskedFor(operation);
    return attributesAsOf(await statementsOf(operation, id, until), until).map((attribute) => ({
      name: attribute.name,
      value: shown(attribute.value),
      statedBy: originOf(attribute),
      systemOfRecord: systemOfRecord(type, attribute.name),
    }));
  }

  @ResolveField(() => AttributeChangeConnection, {
    description:
      'Changes of its attributes, the latest first; told from the latest 500 statements about it, and the latest that name it in passing',
  })
  async attributeHistory(
    @Parent() { id }: BusinessObjectType,
    @Args() args: AttributeHistoryArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<AttributeChangeType>> {
    const page = readPage(args, LIST, ['instant', 'uuid', 'text']);
    const statements = await statementsOf(operation, id);
    const changes = attributeHistory(statements).filter(({ name }) => !args.name || name === args.name);
    const shown = maskedFor(operation);
    return toConnection({
      list: LIST,
      page,
      rows: pageOf(changes.reverse(), page),
      cursorOf: cursorOf,
      nodeOf: (change) => ({
        name: change.name,
        value: shown(change.value),
        previous: change.previous === null ? null : shown(change.previous),
        statedBy: originOf(change),
      }),
      count: () => Promise.resolve({ count: changes.length, isEstimate: statements.length >= MOST_STATEMENTS }),
    });
  }

  @ResolveField(() => [AccountTypeStandingType], { description: 'Of an accounting period; of all else none' })
  async accountTypes(
    @Parent() { id, type }: BusinessObjectType,
    @CurrentOperation() operation: Operation,
  ): Promise<AccountTypeStandingType[]> {
    if (type !== 'accounting-period') return [];
    const statements = await statementsOf(operation, id);
    const byActivity = new Map(statements.map((statement) => [statement.activityId, statement]));
    return periodStandings(statements).flatMap(({ accountType, state, activityId }) => {
      const statement = byActivity.get(activityId);
      return statement === undefined ? [] : [{ accountType, state, statedBy: originOf(statement) }];
    });
  }
}

async function statementsOf(
  operation: Operation,
  objectId: string,
  until: KnownUntil = {},
): Promise<AttributeStatement[]> {
  const name = `statements of objects ${until.asOf ?? ''}/${until.knownOn ?? ''}`;
  const loader = operation.loader<string, AttributeStatement[]>(name, async (tx, ids) => {
    const statements = await readAttributeStatements(tx, ids, { onlySubject: false, ...until });
    return ids.map((id) => statements.get(id) ?? []);
  });
  return (await loader.load(objectId)) ?? [];
}

/** Values as the viewer may see them. */
function maskedFor({ viewer }: Operation): (value: string) => string {
  return viewer.permissions.has('payload.unmask') ? (value) => value : (value) => maskText(value).value;
}

function originOf(known: Omit<AttributeValue, 'name' | 'value'>): StatementOriginType {
  const { activityId, activityType, system, occurredAt, recordedOn } = known;
  return { activityId, activityType, system, occurredAt, recordedOn };
}

function systemOfRecord(type: string, name: string): SystemOfRecordType | null {
  const records = isObjectType(type) ? (MASTER_DATA_RULES.systemsOfRecord.get(type) ?? []) : [];
  const record = records.find(({ attributes }) =>
    attributes.some((attribute) => attribute.name === name || attribute.sameAs.includes(name)),
  );
  return record === undefined ? null : { group: record.group, owners: [...record.owners], steward: record.steward };
}

/** Times of the pure functions have milliseconds, cursors microseconds. */
function cursorOf({ occurredAt, activityId, name }: AttributeChange): [string, string, string] {
  return [occurredAt.replace('Z', '000Z'), activityId, name];
}

function pageOf(changes: readonly AttributeChange[], { first, after }: Page): AttributeChange[] {
  const start =
    after === null ? 0 : changes.findIndex((change) => isBefore(cursorOf(change), after as [string, string, string]));
  return start < 0 ? [] : changes.slice(start, start + first + 1);
}

function isBefore(left: readonly string[], right: readonly string[]): boolean {
  const place = left.findIndex((part, index) => part !== right[index]);
  return place >= 0 && (left[place] ?? '') < (right[place] ?? '');
}
