/** A bank account of the group. */
export type BankAccount = {
  legalEntity: 'DE01' | 'US01' | 'BR01' | 'SG01';
  currency: string;
  /** IBAN, or the number by which the bank knows it. */
  number: string;
  /** By which Kyriba knows it. */
  code: string;
};

/** A IBAN with the right check digits (ISO 7064, modulo 97-10). */
function ibanOf(country: string, nationalPart: string): string {
  const digits = [...`${nationalPart}${country}00`].map((character) => Number.parseInt(character, 36)).join('');
  return `${country}${String(98n - (BigInt(digits) % 97n)).padStart(2, '0')}${nationalPart}`;
}

/** The account of an entity under a number (digits, at most 10), in its own currency if no other is said. */
export function accountOf(
  legalEntity: BankAccount['legalEntity'],
  number: string,
  currency: string = CURRENCY[legalEntity],
): BankAccount {
  const code = `${legalEntity}-${currency}-${number}`;
  const padded = number.padStart(10, '0');
  const numbers = {
    DE01: ibanOf('DE', `37040044${padded}`),
    US01: `4400${padded}`,
    BR01: `0001/${padded}`,
    SG01: `029${padded}`,
  };
  return { legalEntity, currency, code, number: numbers[legalEntity] };
}

const CURRENCY = { DE01: 'EUR', US01: 'USD', BR01: 'BRL', SG01: 'SGD' } as const;
