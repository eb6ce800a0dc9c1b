const FIRST_BYTES = 16 * 1024;

/** Bytes that grow while columns are written; a column remembers where its own begin. */
export class SectionWriter {
  private bytes = Buffer.allocUnsafe(FIRST_BYTES);
  private used = 0;

  /** Room for so many bytes: where they begin in the section, and the view to write them into. */
  reserve(size: number): { offset: number; view: Buffer } {
    const offset = this.used;
    this.used += size;
    if (this.used > this.bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.used));
      larger.set(this.bytes.subarray(0, offset));
      this.bytes = larger;
    }
    return { offset, view: this.bytes.subarray(offset, this.used) };
  }

  /** Appends the bytes; answers where they begin. */
  append(bytes: Uint8Array): number {
    const { offset, view } = this.reserve(bytes.length);
    view.set(bytes);
    return offset;
  }

  written(): Buffer {
    return this.bytes.subarray(0, this.used);
  }
}

/**
 * The two binary sections of a chunk: `packed` is compressed together with the header (small numbers, indexes), `raw` is not,
 * because random ids cost time to compress and give nothing.
 */
export type Sections<T> = { packed: T; raw: T };
