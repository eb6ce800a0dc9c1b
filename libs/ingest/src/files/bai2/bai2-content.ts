import type { Bai2Record } from './bai2-records.js';

/** Of the fields that tell where the text begins, so much is looked at. */
const LONGEST_HEAD = 1_000;
const HEAD_FIELDS = 4;
const MOST_DISTRIBUTED = 100;

/**
 * The fields of a transaction with its continuations. What goes on in the text begins a new line; among the fields a
 * continuation goes on behind a comma, and a line that was wrapped on its way within one.
 */
export function contentOf(records: readonly Pick<Bai2Record, 'content'>[]): string {
  let whole = '';
  const head = new Head();
  for (const [index, { content }] of records.entries()) {
    for (const [line, text] of content.trim().split('\n').entries()) {
      const isFirst = index + line === 0;
      const joint = head.isInText() ? '\n' : line === 0 && index > 0 ? ',' : '';
      const added = isFirst ? text : `${joint}${text}`;
      whole += added;
      head.add(added);
    }
  }
  return whole;
}

/** What has come so far, as far as it tells whether the text has begun: the whole is not looked at again for every line. */
class Head {
  private text = '';
  private commas = 0;
  private commasInText = 0;

  add(piece: string): void {
    const counted = commasIn(piece);
    if (this.commasInText < HEAD_FIELDS && this.text.length < LONGEST_HEAD) {
      this.text += piece.slice(0, LONGEST_HEAD);
      this.commasInText += counted;
    }
    this.commas += counted;
  }

  /** True when the fields of a transaction already reach its text. */
  isInText(): boolean {
    if (this.commas < HEAD_FIELDS) return false;
    const [, , type = '', stated = ''] = this.text.split(',', HEAD_FIELDS);
    const funds = type.trim().toUpperCase();
    const count = Math.min(Number(stated) || 0, MOST_DISTRIBUTED);
    const ofFunds = funds === 'S' ? 3 : funds === 'V' ? 2 : funds === 'D' ? 1 + 2 * count : 0;
    return this.commas + 1 >= 3 + ofFunds + 3;
  }
}

function commasIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf(','); at >= 0; at = text.indexOf(',', at + 1)) count += 1;
  return count;
}
