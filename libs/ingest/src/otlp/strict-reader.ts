import { isUtf8 } from 'node:buffer';
import protobuf from 'protobufjs/minimal.js';
import { InvalidField } from './field-readers.js';

const REPLACEMENT = '\ufffd';
const CONTINUES = 0x80;

/**
 * A reader that refuses a text which is not UTF-8, as protobuf demands: read with replacements, two ids could become one.
 * The bytes are looked at only where the text read of them makes that possible.
 */
export class StrictReader extends protobuf.BufferReader {
  /** Throws InvalidField. */
  override string(): string {
    let start = this.pos;
    const text = super.string();
    if (!text.includes(REPLACEMENT)) return text;
    // Behind the length.
    while ((this.buf[start]! & CONTINUES) !== 0) start += 1;
    if (!isUtf8(this.buf.subarray(start + 1, this.pos))) throw new InvalidField('a text is not UTF-8');
    return text;
  }
}
