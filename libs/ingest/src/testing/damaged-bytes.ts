import fc from 'fast-check';

/** The bytes with some of them changed, cut off, or beginning again after the cut. */
export function damagedBytes(good: Uint8Array): fc.Arbitrary<Buffer> {
  return fc
    .tuple(
      fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 6 }),
      fc.oneof(fc.constant(good.length), fc.nat(good.length)),
      fc.boolean(),
    )
    .map(([changes, end, isDoubled]) => {
      const bytes = Buffer.from(good);
      for (const [position, byte] of changes) bytes[position] = byte;
      const cut = bytes.subarray(0, end);
      return isDoubled ? Buffer.concat([cut, bytes]) : cut;
    });
}

/** Bytes that are nothing in particular. */
export const noiseBytes: fc.Arbitrary<Buffer> = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes));
