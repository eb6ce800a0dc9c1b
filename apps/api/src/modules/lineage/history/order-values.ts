import { aliasId, hashedText, hashedUuid } from '@throughline/canonical';
import { type Projection, calendarOfRule } from '@throughline/lineage';
import { type OrderCourse, partsOfRun, partsOfSpan, runOfOrder } from '@throughline/scenarios';
import { type DueRule, dueAt } from '@throughline/sla';
import { encodeNumeric } from '@throughline/persistence';
import type { HistoryRules } from './history-rows.js';
import { type OrderActivities, sharedIdsOf } from './order-rows.js';
import { type Stamp, stampOfText } from './stamp.js';
import { ValueSheet } from './value-sheet.js';

/** An id on the sheet of those that it is shared by. */
export type SharedId = { sheet: ValueSheet; at: number };

/** The position of a group, as the rows of its orders name it. */
export type HubIds = { object: SharedId; activity: SharedId; at: number };

/** An id that is the hash of other values. */
type Recipe = { at: number; stamp: Stamp };

type Due = { at: number; step: number; rule: DueRule; calendar: Parameters<typeof dueAt>[1]['calendar'] };

/**
 * The values in which orders of one kind differ: number, customer, amount, times, and the ids that are hashes of these. Which
 * values there are, and what each id is made of, is read from a first order.
 */
export class OrderValues {
  readonly sheet = new ValueSheet();
  private readonly number: number;
  private readonly amount: number;
  private readonly amountNumber: number;
  private readonly customer: number;
  private readonly times: number[];
  private readonly hubTime: number;
  private readonly customerId: number;
  private readonly hubObject: number;
  private readonly hubActivity: number;
  private readonly recipes: Recipe[] = [];
  private readonly ids = new Map<string, number>();
  private readonly dues: Due[];
  /** Pairs of names that one object may have: which is the lower decides its id. */
  private readonly pairs: [number, number][];

  constructor(
    { order, steps }: OrderCourse,
    { own, hub }: OrderActivities,
    shared: { customer: SharedId; hub: HubIds | undefined },
    projection: Projection,
    rules: HistoryRules,
  ) {
    const { sheet } = this;
    this.number = sheet.addText(order.number.length);
    this.amount = sheet.addText(order.amount.length);
    this.amountNumber = sheet.addNumeric(encodeNumeric(order.amount).length);
    this.customer = sheet.addText(order.customer.length);
    this.times = steps.map(() => sheet.addTime());
    this.customerId = sheet.addId();
    this.hubTime = hub === undefined ? -1 : sheet.addTime();
    this.hubObject = hub === undefined ? -1 : sheet.addId();
    this.hubActivity = hub === undefined ? -1 : sheet.addId();
    this.setGiven({ order, steps, isBooked: hub !== undefined }, shared);
    const sharedIds = new Set([...own.map(({ activity }) => activity), ...(hub ? [hub] : [])].flatMap(sharedIdsOf));
    const names = own.flatMap(({ activity }) =>
      activity.objects.flatMap(({ type, aliases }) =>
        aliases.map((alias) => ({ type, alias, id: aliasId(type, alias) })),
      ),
    );
    for (const { type, alias, id } of names)
      if (!sharedIds.has(id)) this.learn(['alias', type, alias.system, alias.kind, alias.scope, alias.value]);
    this.pairs = names.flatMap((left) =>
      names.flatMap((right): [number, number][] => {
        const [one, other] = [this.ids.get(left.id), this.ids.get(right.id)];
        if (one === undefined || other === undefined || one >= other || left.type !== right.type) return [];
        return [[one, other]];
      }),
    );
    const run = partsOfRun(runOfOrder(order, !steps.some(({ step }) => step === 'rejected')));
    for (const { activity, scopedKey } of own) {
      if (activity.traceId !== undefined) {
        this.learn(run);
        this.learn(partsOfSpan(activity.traceId));
      }
      this.learn(['signal', scopedKey]);
      this.learn(['activity', scopedKey, '0']);
    }
    this.dues = duesOf(projection, steps, rules, order).map((due) => ({ ...due, at: sheet.addTime() }));
    this.setDues({ order, steps, isBooked: false });
  }

  /** Writes the values of an order over those of the one before. */
  fill(course: OrderCourse, shared: { customer: SharedId; hub: HubIds | undefined }): void {
    this.setGiven(course, shared);
    for (const { at, stamp } of this.recipes) this.sheet.setHashOf(at, stamp.fill(this.sheet));
    this.setDues(course);
  }

  /** Whether no two times are the same: only then a row tells which of them it holds. */
  isTelling(): boolean {
    const places = [...this.times, ...this.dues.map(({ at }) => at), ...(this.hubTime < 0 ? [] : [this.hubTime])];
    const times = places.map((at) => this.sheet.bytes.readBigInt64BE(at));
    return new Set(times).size === times.length;
  }

  /** Which of two names of one object is the lower, for all that may be of one. */
  order(): string {
    const { bytes } = this.sheet;
    return this.pairs
      .map(([left, right]) => (bytes.compare(bytes, right, right + 16, left, left + 16) < 0 ? '<' : '>'))
      .join('');
  }

  private setGiven(
    { order, steps }: OrderCourse,
    { customer, hub }: { customer: SharedId; hub: HubIds | undefined },
  ): void {
    const { sheet } = this;
    sheet.setText(this.number, order.number);
    sheet.setText(this.amount, order.amount);
    sheet.setNumeric(this.amountNumber, order.amount);
    sheet.setText(this.customer, order.customer);
    for (const [index, { at }] of steps.entries()) sheet.setTime(this.times[index]!, at);
    sheet.copyId(this.customerId, customer.sheet, customer.at);
    if (hub === undefined || this.hubTime < 0) return;
    sheet.setTime(this.hubTime, hub.at);
    sheet.copyId(this.hubObject, hub.object.sheet, hub.object.at);
    sheet.copyId(this.hubActivity, hub.activity.sheet, hub.activity.at);
  }

  private setDues({ steps }: OrderCourse): void {
    for (const { at, step, rule, calendar } of this.dues) {
      const startedAt = new Date(steps[step]!.at).toISOString();
      const due = dueAt(rule, { calendar, startedAt });
      if (due === undefined) throw new Error('a milestone that was due is not');
      this.sheet.setTime(at, Date.parse(due));
    }
  }

  /** Takes an id for a hash of these parts, in which values that are known already differ from order to order. */
  private learn(parts: readonly string[]): void {
    const id = hashedUuid(parts);
    if (this.ids.has(id)) return;
    const text = hashedText(parts);
    const stamp = stampOfText(text, this.sheet);
    const at = this.sheet.addId();
    this.sheet.setHashOf(at, text);
    this.ids.set(id, at);
    this.recipes.push({ at, stamp });
  }
}

/** What milestones are due by: the rule, and the step that its clock starts with. */
function duesOf(
  { milestones, transactions }: Projection,
  steps: OrderCourse['steps'],
  { workflows, calendarOf }: HistoryRules,
  { legalEntity, currency }: OrderCourse['order'],
): Omit<Due, 'at'>[] {
  return milestones.flatMap(({ transactionId, name, dueAt: at, startedAt }) => {
    if (at === null) return [];
    const of = transactions.find((one) => one.transactionId === transactionId)?.workflow;
    const declared = workflows.find((workflow) => workflow.name === of)?.milestones ?? [];
    const step = steps.findIndex((one) => startedAt !== null && one.at === Date.parse(startedAt));
    const rule = declared.find((one) => one.name === name)?.due;
    if (step < 0 || !rule) throw new Error(`nothing tells when ${name} is due`);
    return [{ step, rule, calendar: calendarOfRule(rule, legalEntity, currency, calendarOf) }];
  });
}
