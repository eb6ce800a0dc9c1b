const SUFFIX = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The 18-character form of a Salesforce id: the 15-character one tells records apart by case alone. */
export function salesforceId18(id: string): string | undefined {
  if (/^[0-9A-Za-z]{18}$/.test(id)) return id;
  if (!/^[0-9A-Za-z]{15}$/.test(id)) return undefined;
  const suffix = [0, 5, 10].map((start) => {
    const bits = [...id.slice(start, start + 5)].reduce(
      (sum, character, position) => (character >= 'A' && character <= 'Z' ? sum | (1 << position) : sum),
      0,
    );
    return SUFFIX[bits];
  });
  return id + suffix.join('');
}
