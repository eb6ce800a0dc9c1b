import type { RequestGroup } from './request-group.js';

/** What was refused of a request, and what its sender ought to know. */
export type DecodedCounts = {
  rejectedCount: number;
  /** Reason → how many items; at most a few dozen distinct reasons are kept apart. */
  rejections: ReadonlyMap<string, number>;
  /** Reason → where the first item stands that was refused for it. */
  places: ReadonlyMap<string, string>;
  /** Nothing was refused for these, but the sender ought to know. */
  warnings: readonly string[];
};

const MAX_DISTINCT_REASONS = 20;
const MOST_NOTES = 5;
/** Names are the sender's: what is no plain word stays out of answers. */
const PLAIN_NAME = /^\w{1,40}$/;
/** Items of a step: some tens of milliseconds. */
const ITEMS_A_STEP = 2_000;
/** Looked at to tell a request of the other signal; all of them are alike. */
const MOST_EXAMINED = 100;

/** Counts while a request is decoded. */
export class ItemCounts {
  private readonly rejections = new Map<string, number>();
  private readonly places = new Map<string, string>();
  private readonly notes = new Set<string>();
  private readonly snakeCaseNames = new Set<string>();
  private rejected = 0;
  private examined = 0;
  private others = 0;
  private enumNames = 0;
  private seen = 0;

  enumName(): void {
    this.enumNames += 1;
  }

  /** Something of the request was ignored, as the protocol demands, that its sender may have meant. */
  note(text: string): void {
    if (this.notes.size < MOST_NOTES) this.notes.add(text);
  }

  snakeCaseName(name: string): void {
    if (this.snakeCaseNames.size < MOST_NOTES && PLAIN_NAME.test(name)) this.snakeCaseNames.add(name);
  }

  /** `place` is where the item, or the first of them, stands. */
  reject(reason: string, count: number, place: string): void {
    this.rejected += count;
    const isKept = this.rejections.has(reason) || this.rejections.size < MAX_DISTINCT_REASONS;
    const key = isKept ? reason : 'other reasons';
    if (!this.rejections.has(key)) this.places.set(key, place);
    this.rejections.set(key, (this.rejections.get(key) ?? 0) + count);
  }

  rejectItem(reason: string, group: RequestGroup, index: number): void {
    this.reject(reason, 1, group.place(index));
    if (this.examined >= MOST_EXAMINED) return;
    this.examined += 1;
    if (group.isOther(index)) this.others += 1;
  }

  /** To be asked after each item, and each group. */
  isTurnOver(): boolean {
    this.seen += 1;
    return this.seen % ITEMS_A_STEP === 0;
  }

  /** Every refused item that was looked at is one of the other signal. */
  areAllOther(): boolean {
    return this.others > 0 && this.others === this.examined;
  }

  result(): DecodedCounts {
    const { rejected, rejections, places } = this;
    return { rejectedCount: rejected, rejections, places, warnings: [...this.warnings()] };
  }

  private *warnings(): Generator<string, void> {
    if (this.enumNames > 0) yield `${this.enumNames} enum values were sent as names; OTLP/JSON allows integers only`;
    if (this.snakeCaseNames.size > 0)
      yield `ignored were fields with names in snake_case (${[...this.snakeCaseNames].join(', ')}); those of OTLP/JSON are in lowerCamelCase`;
    yield* this.notes;
  }
}
