/** IBAN with valid ISO 13616 check digits (mod 97) of a country and a made-up domestic account number. */
export function ibanOf(country: string, domesticAccount: string): string {
  const checkDigits = 98n - (BigInt(digitsOf(`${domesticAccount}${country}00`)) % 97n);
  return `${country}${checkDigits.toString().padStart(2, '0')}${domesticAccount}`;
}

/** Letters count as 10 (A) to 35 (Z). */
function digitsOf(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
}
