import type { RequestGroup } from './request-group.js';

/** What was refused of a request, and what its sender ought to know. */
export type DecodedCounts = {
  rejectedCount: number;
  /** Reason → how many items; at most a few dozen distinct reasons are kept apart. */
  rejections: ReadonlyMap<string, number>;
  /** Nothing was refused for these, but the sender ought to know. */
  warnings: readonly string[];
};

const MAX_DISTINCT_REASONS = 20;
/** Items of a step: some tens of milliseconds. */
const ITEMS_A_STEP = 2_000;
/** Looked at to tell a request of the other signal; all of them are alike. */
const MOST_EXAMINED = 100;

/** Counts while a request is decoded. */
export class ItemCounts {
  private readonly rejections = new Map<string, number>();
  private rejected = 0;
  private examined = 0;
  private others = 0;
  private enumNames = 0;
  private seen = 0;

  enumName(): void {
    this.enumNames += 1;
  }

  reject(reason: string, count: number): void {
    this.rejected += count;
    const isKept = this.rejections.has(reason) || this.rejections.size < MAX_DISTINCT_REASONS;
    const key = isKept ? reason : 'other reasons';
    this.rejections.set(key, (this.rejections.get(key) ?? 0) + count);
  }

  rejectItem(reason: string, group: RequestGroup, index: number): void {
    this.reject(reason, 1);
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
    const warnings =
      this.enumNames === 0 ? [] : [`${this.enumNames} enum values were sent as names; OTLP/JSON allows integers only`];
    return { rejectedCount: this.rejected, rejections: this.rejections, warnings };
  }
}
