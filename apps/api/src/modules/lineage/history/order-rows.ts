import { type Activity, aliasId } from '@throughline/canonical';
import {
  type OrderCourse,
  type PositionCourse,
  decodeSignals,
  mapSignals,
  signalOfPosition,
  signalsOfOrder,
  storedSignalOf,
} from '@throughline/scenarios';
import {
  HISTORY_TABLE_NAMES,
  type DigestedRows,
  type HistoryRows,
  type HistoryRules,
  type TableRows,
  columnOf,
  historyRows,
} from './history-rows.js';

/** Whose rows are written, and by which rules. */
export type RowContext = { tenantId: string; rules: HistoryRules };

/** What one order was told of in, each activity with the key of its signal; `hub` is the position that gathers it alone. */
export type OrderActivities = { own: { activity: Activity; scopedKey: string }[]; hub: Activity | undefined };

/** Rows of one order by itself. */
export type OrderRows = {
  projection: HistoryRows['projection'];
  transactions: DigestedRows[];
  /** Without those that several orders share: the customer, and the cash position with its activity. */
  rows: TableRows;
  /** What the position's activity states of the order's entry. */
  entryStatement: unknown[] | undefined;
};

/** Objects that orders share. */
const SHARED_TYPES = new Set(['customer', 'cash-position']);

/** What the signals of one order are mapped to. */
export function activitiesOfOrder(course: OrderCourse, position: PositionCourse | undefined): OrderActivities {
  const signals = signalsOfOrder(course);
  const keys = decodeSignals(signals).events.map((event) => storedSignalOf(event).scopedKey);
  const activities = mapSignals(signals);
  const own = activities.flatMap((activity, index) => {
    const scopedKey = keys[index];
    return scopedKey === undefined ? [] : [{ activity, scopedKey }];
  });
  if (own.length !== keys.length) throw new Error('an event of an order is not one activity');
  const [hub] = position === undefined ? [] : mapSignals([signalOfPosition({ ...position, orders: [course.order] })]);
  return { own, hub };
}

/** Rows of one order, by the functions of the pipeline. */
export function rowsOfOrder({ own, hub }: OrderActivities, { tenantId, rules }: RowContext): OrderRows {
  const activities = [...own.map(({ activity }) => activity), ...(hub === undefined ? [] : [hub])];
  const { rows, transactions, projection } = historyRows(tenantId, activities, rules);
  const shared = new Set(activities.flatMap(sharedIdsOf));
  const isOwn = (table: 'object_alias' | 'business_object') => {
    const at = columnOf(table, 'object_id');
    return (row: unknown[]) => !shared.has(String(row[at]));
  };
  const isOfHub = (table: 'activity' | 'alias_statement') => {
    const at = columnOf(table, 'activity_id');
    return (row: unknown[]) => row[at] === hub?.activityId;
  };
  const [, entryStatement] = rows.alias_statement.filter(isOfHub('alias_statement'));
  return {
    projection,
    transactions,
    entryStatement,
    rows: {
      ...rows,
      activity: rows.activity.filter((row) => !isOfHub('activity')(row)),
      alias_statement: rows.alias_statement.filter((row) => !isOfHub('alias_statement')(row)),
      object_alias: rows.object_alias.filter(isOwn('object_alias')),
      business_object: rows.business_object.filter(isOwn('business_object')),
    },
  };
}

/** Rows of one object alone: all of it that several orders share. */
export function rowsOfObject({ rows }: HistoryRows, objectId: string): TableRows {
  const none = Object.fromEntries(HISTORY_TABLE_NAMES.map((table) => [table, []])) as unknown as TableRows;
  const of = (table: 'object_alias' | 'business_object') =>
    rows[table].filter((row) => row[columnOf(table, 'object_id')] === objectId);
  return { ...none, object_alias: of('object_alias'), business_object: of('business_object') };
}

/** Ids of the objects of an activity that orders share; each of them has one name. */
export function sharedIdsOf({ objects }: Activity): string[] {
  return objects.filter(({ type }) => SHARED_TYPES.has(type)).map(({ type, aliases: [alias] }) => aliasId(type, alias));
}
