import { type Activity, aliasId } from '@throughline/canonical';
import { encodeTableRows } from '@throughline/persistence';
import {
  type GroupCourse,
  type OrderCourse,
  type PositionCourse,
  mapSignals,
  signalOfPosition,
  signalsOfOrder,
} from '@throughline/scenarios';
import { CustomerStamps } from './customer-stamps.js';
import {
  HISTORY_TABLES,
  HISTORY_TABLE_NAMES,
  type HistoryTable,
  type TableRows,
  columnOf,
  historyRows,
} from './history-rows.js';
import { type OrderRows, type RowContext, activitiesOfOrder, rowsOfObject, rowsOfOrder } from './order-rows.js';
import {
  type EntryOfPosition,
  type MadePlaces,
  OrderStamps,
  entryOf,
  gathering,
  placed,
  placesFor,
} from './order-stamps.js';
import { type HubIds, OrderValues, type SharedId } from './order-values.js';
import type { RowSink } from './row-sink.js';
import { splitRows } from './stamp.js';
import { ValueSheet } from './value-sheet.js';

/** Orders of one kind: the values in which they differ, and their rows, which differ with which of their names is the lowest. */
type Kind = { values: OrderValues; places: MadePlaces; stamps: Map<string, { rows: OrderStamps; isProven: boolean }> };

/** A cash position as it is refreshed once; its activity names the first of its entries alone. */
type Hub = { ids: HubIds; activity: Activity; position: PositionCourse };

/** Which refreshment of a position gathers an order, and as which of its entries. */
type Gathered = { hub: Hub; place: number };

type Shared = { customer: SharedId; hub: HubIds | undefined };

/**
 * Writes groups of orders as bytes. The first order of each kind goes through the functions of the pipeline, and its rows are
 * the form for the others; what the form makes of the second is compared with what those functions make of it.
 */
export class GroupWriter {
  private readonly kinds = new Map<string, Kind>();
  private readonly customers = new Map<string, CustomerStamps>();

  constructor(
    private readonly context: RowContext,
    private readonly sink: RowSink,
  ) {}

  /** Writes a group, whatever is in it, through the functions of the pipeline alone. */
  writeWhole({ orders, positions }: GroupCourse): void {
    const signals = [...orders.flatMap(signalsOfOrder), ...positions.map(signalOfPosition)];
    this.addAll(historyRows(this.context.tenantId, mapSignals(signals), this.context.rules).rows);
  }

  write({ orders, positions }: GroupCourse): void {
    const hubs = positions.map((position) => this.hubOf(position));
    const gathered = new Map(
      hubs.flatMap((hub) =>
        hub.position.orders.map(({ number }, index) => [number, { hub, place: index + 1 }] as const),
      ),
    );
    const entries = new Map<string, EntryOfPosition>();
    for (const [name, courses] of byCustomer(orders)) {
      const customer = this.writeCustomer(name, courses);
      for (const course of courses) {
        const { number } = course.order;
        const entry = this.writeOrder(course, customer, gathered.get(number));
        if (entry !== undefined) entries.set(number, entry);
      }
    }
    if (hubs.length > 0) this.writeHubs(hubs, entries);
  }

  private writeOrder(
    course: OrderCourse,
    customer: SharedId,
    gathered: Gathered | undefined,
  ): EntryOfPosition | undefined {
    const hub = gathered?.hub;
    const shared = { customer, hub: hub?.ids };
    const kind = this.kindOf(course, shared, hub);
    kind.values.fill(course, shared);
    const order = kind.values.order();
    let stamps = kind.stamps.get(order);
    if (stamps === undefined || !stamps.isProven) {
      const activities = activitiesOfOrder(course, hub?.position);
      const rows = rowsOfOrder(activities, this.context);
      if (stamps !== undefined) {
        prove(stamps.rows, rows);
        stamps.isProven = true;
      } else if (kind.values.isTelling()) {
        const { sheet } = kind.values;
        stamps = {
          rows: new OrderStamps(rows, activities, sheet, kind.places, this.context.tenantId),
          isProven: false,
        };
        kind.stamps.set(order, stamps);
      } else {
        this.addAll(rows.rows);
        return this.placeEntry(entryOf(activities.hub, rows.entryStatement), gathered);
      }
    }
    stamps.rows.fill(this.sink);
    return this.placeEntry(stamps.rows.fillEntry(), gathered);
  }

  /** The kind that an order is of; learnt from it where it is the first. */
  private kindOf(course: OrderCourse, shared: Shared, hub: Hub | undefined): Kind {
    const name = nameOfKind(course, hub?.ids.at);
    const known = this.kinds.get(name);
    if (known !== undefined) return known;
    const activities = activitiesOfOrder(course, hub?.position);
    const rows = rowsOfOrder(activities, this.context);
    const values = new OrderValues(course, activities, shared, rows.projection, this.context.rules);
    const kind = { values, places: placesFor(rows, values.sheet), stamps: new Map() };
    // One whose times coincide would be taken for another that has as many.
    if (values.isTelling()) this.kinds.set(name, kind);
    return kind;
  }

  private writeCustomer(name: string, courses: readonly OrderCourse[]): SharedId {
    const kind = CustomerStamps.kindOf(name, courses);
    let customers = this.customers.get(kind);
    if (customers === undefined) {
      customers = new CustomerStamps(name, courses, this.context);
      this.customers.set(kind, customers);
    }
    return customers.write(name, courses, this.sink);
  }

  private hubOf(position: PositionCourse): Hub {
    const [activity] = mapSignals([signalOfPosition({ ...position, orders: [position.orders[0]] })]);
    if (activity === undefined) throw new Error('a cash position is not one activity');
    const sheet = new ValueSheet();
    const at = (id: string) => {
      const place = sheet.addId();
      sheet.setId(place, id);
      return { sheet, at: place };
    };
    const ids = { object: at(hubIdOf(activity)), activity: at(activity.activityId), at: position.at };
    return { activity, position, ids };
  }

  private writeHubs(hubs: readonly Hub[], entries: ReadonlyMap<string, EntryOfPosition>): void {
    const activities = hubs.map(({ activity }) => activity);
    const all = historyRows(this.context.tenantId, activities, this.context.rules);
    const hubId = hubIdOf(activities[0]);
    const facts = hubs.map(({ activity, position }, index) => {
      const of = position.orders.flatMap(({ number }) => entries.get(number) ?? []);
      if (of.length !== position.orders.length) throw new Error('a position has other entries than were written');
      const names = Buffer.from([hubId, ...of.map(({ name }) => name)].join('').replaceAll('-', ''), 'hex');
      const row = all.rows.activity[index]?.slice() ?? [];
      for (const [name, cell] of Object.entries({ ...gathering(activity.objects[0], of), names }))
        row[columnOf('activity', name)] = cell;
      return row;
    });
    const position = columnOf('alias_statement', 'position');
    this.addAll({
      ...rowsOfObject(all, hubId),
      activity: facts,
      alias_statement: all.rows.alias_statement.filter((row) => row[position] === 0),
    });
  }

  private placeEntry(entry: EntryOfPosition | undefined, gathered: Gathered | undefined): EntryOfPosition | undefined {
    if (entry !== undefined && gathered !== undefined)
      this.sink.add('alias_statement', placed(entry.statement, gathered.place));
    return entry;
  }

  private addAll(rows: TableRows): void {
    for (const table of HISTORY_TABLE_NAMES)
      if (rows[table].length > 0) this.sink.add(table, encodeTableRows(HISTORY_TABLES[table].columns, rows[table]));
  }
}

/** The id of a cash position, which has one name. */
function hubIdOf(activity: Activity | undefined): string {
  const [hub] = activity?.objects ?? [];
  if (hub === undefined) throw new Error('a cash position is not the first object of its activity');
  return aliasId(hub.type, hub.aliases[0]);
}

function byCustomer(orders: readonly OrderCourse[]): Map<string, OrderCourse[]> {
  const grouped = new Map<string, OrderCourse[]>();
  for (const course of orders) {
    const known = grouped.get(course.order.customer);
    if (known === undefined) grouped.set(course.order.customer, [course]);
    else known.push(course);
  }
  return grouped;
}

/** What orders of one kind have in common: their steps, whose they are, the lengths of what differs, and when they are gathered. */
function nameOfKind({ order, steps }: OrderCourse, gatheredAt: number | undefined): string {
  const { legalEntity, number, amount, customer } = order;
  const lengths = [number.length, amount.length, customer.length];
  const story = steps.map(({ step, at }) =>
    gatheredAt === undefined ? step : `${step}${at < gatheredAt ? '<' : at > gatheredAt ? '>' : '='}`,
  );
  return [legalEntity, ...lengths, gatheredAt === undefined ? '' : 'gathered', ...story].join(' ');
}

/** Throws when what a form makes of an order is not what the functions of the pipeline make of it. */
function prove(stamps: OrderStamps, { rows }: OrderRows): void {
  const made = new Map<HistoryTable, Buffer>();
  stamps.fill({ add: (table, bytes) => made.set(table, bytes) });
  for (const table of HISTORY_TABLE_NAMES) {
    const { columns } = HISTORY_TABLES[table];
    if (sorted(table, made.get(table)) !== sorted(table, encodeTableRows(columns, rows[table])))
      throw new Error(`rows of ${table} are no copies of one another`);
  }
}

function sorted(table: HistoryTable, rows: Buffer | undefined): string {
  if (rows === undefined) return '';
  return splitRows(HISTORY_TABLES[table].columns, rows)
    .map((row) => row.toString('hex'))
    .sort()
    .join();
}
