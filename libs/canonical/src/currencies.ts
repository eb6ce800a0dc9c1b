/** The day to which the table below follows the published ISO 4217 lists (amendment 180, Bulgaria joins the euro). */
export const CURRENCIES_AS_OF = '2026-01-01';

/** One ISO 4217 currency: decimal digits of its minor unit and, when it is withdrawn, since when. */
export type Currency = { code: string; minorDigits: number; withdrawnOn?: string };

const NO_DECIMALS = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF';

// Some use one decimal place in daily life (MGA, MRU count in fifths); ISO 4217 lists them with two.
const TWO_DECIMALS =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP ' +
  'COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR ' +
  'JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN ' +
  'NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL ' +
  'THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG';

const THREE_DECIMALS = 'BHD IQD JOD KWD LYD OMR TND';

const FOUR_DECIMALS = 'CLF UYW';

// Kept so that documents from before the change can still be read.
const WITHDRAWN: readonly Currency[] = [
  { code: 'ANG', minorDigits: 2, withdrawnOn: '2025-03-31' },
  { code: 'BGN', minorDigits: 2, withdrawnOn: '2026-01-01' },
  { code: 'CUC', minorDigits: 2, withdrawnOn: '2021-06-30' },
  { code: 'HRK', minorDigits: 2, withdrawnOn: '2023-01-01' },
  { code: 'SLL', minorDigits: 2, withdrawnOn: '2023-12-31' },
  { code: 'ZWL', minorDigits: 2, withdrawnOn: '2024-08-31' },
];

/** Codes of ISO 4217 without a minor unit (metals, drawing rights, tests): not usable as the currency of an amount. */
export const CODES_WITHOUT_MINOR_UNIT: ReadonlySet<string> = new Set(
  'XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX'.split(' '),
);

function listed(codes: string, minorDigits: number): Currency[] {
  return codes.split(' ').map((code) => ({ code, minorDigits }));
}

/** Every currency that an amount may have, by its code. */
export const CURRENCIES: ReadonlyMap<string, Currency> = new Map(
  [
    ...listed(NO_DECIMALS, 0),
    ...listed(TWO_DECIMALS, 2),
    ...listed(THREE_DECIMALS, 3),
    ...listed(FOUR_DECIMALS, 4),
    ...WITHDRAWN,
  ].map((currency) => [currency.code, currency]),
);

/** Decimal digits of a currency's minor unit; undefined when the code is not one of an amount. */
export function minorDigitsOf(code: string): number | undefined {
  return CURRENCIES.get(code)?.minorDigits;
}
