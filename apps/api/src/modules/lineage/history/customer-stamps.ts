import { aliasId, hashedText } from '@throughline/canonical';
import { type OrderCourse, mapSignals, signalsOfOrder } from '@throughline/scenarios';
import { HISTORY_TABLES, historyRows } from './history-rows.js';
import { type RowContext, rowsOfObject } from './order-rows.js';
import type { SharedId } from './order-values.js';
import type { RowSink } from './row-sink.js';
import { type Stamp, stampOfRows, stampOfText } from './stamp.js';
import { ValueSheet } from './value-sheet.js';

const TABLES = ['object_alias', 'business_object'] as const;

/** Rows of customers whose names are of one length, made of those of one of them. */
export class CustomerStamps {
  private readonly sheet = new ValueSheet();
  private readonly name: number;
  private readonly times: number[];
  private readonly id: number;
  private readonly idText: Stamp;
  private readonly tables: (readonly [(typeof TABLES)[number], Stamp])[];

  /** `courses` are all orders of the customer, by time. */
  constructor(name: string, courses: readonly OrderCourse[], { tenantId, rules }: RowContext) {
    const { sheet } = this;
    this.name = sheet.addText(name.length);
    this.times = timesOf(courses).map(() => sheet.addTime());
    this.id = sheet.addId();
    this.setGiven(name, courses);
    const activities = mapSignals(courses.flatMap((course) => signalsOfOrder(course).slice(0, 1)));
    const customer = activities[0]?.objects.find(({ type }) => type === 'customer');
    if (customer === undefined) throw new Error('contracts no longer name their customer first');
    const [{ system, kind, scope, value }] = customer.aliases;
    this.idText = stampOfText(hashedText(['alias', customer.type, system, kind, scope, value]), sheet);
    this.fill(name, courses);
    const rows = rowsOfObject(
      historyRows(tenantId, activities, rules),
      aliasId(customer.type, { system, kind, scope, value }),
    );
    this.tables = TABLES.map((table) => [
      table,
      stampOfRows(HISTORY_TABLES[table].columns, rows[table], sheet, [tenantId]),
    ]);
  }

  /** What the stamps of customers are told apart by. */
  static kindOf(name: string, courses: readonly OrderCourse[]): string {
    return `${name.length} ${timesOf(courses).length}`;
  }

  /** Writes the rows of a customer; answers its id, which is good until the next call. */
  write(name: string, courses: readonly OrderCourse[], sink: RowSink): SharedId {
    this.fill(name, courses);
    for (const [table, stamp] of this.tables) sink.add(table, stamp.fill(this.sheet));
    return { sheet: this.sheet, at: this.id };
  }

  private fill(name: string, courses: readonly OrderCourse[]): void {
    this.setGiven(name, courses);
    this.sheet.setHashOf(this.id, this.idText.fill(this.sheet));
  }

  private setGiven(name: string, courses: readonly OrderCourse[]): void {
    this.sheet.setText(this.name, name);
    for (const [index, time] of timesOf(courses).entries()) this.sheet.setTime(this.times[index]!, time);
  }
}

/** When a customer was first named, and when last, unless that is the same. */
function timesOf(courses: readonly OrderCourse[]): number[] {
  const times = courses.flatMap(({ steps: [approved] }) => approved?.at ?? []);
  return [...new Set([Math.min(...times), Math.max(...times)])];
}
