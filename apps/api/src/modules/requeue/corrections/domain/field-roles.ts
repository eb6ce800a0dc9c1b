import { findIbans, isListPosition, type PointerPath } from '@throughline/canonical';

/** What a field of a payload is to the money, as far as its names say it. */
export type FieldRole =
  'beneficiary' | 'debtor' | 'account' | 'amount' | 'currency' | 'method' | 'identifier' | 'tax' | 'entity' | 'date';

/** How the roles are called where a person reads of them. */
export const ROLE_WORDS: Readonly<Record<FieldRole, string>> = {
  beneficiary: 'the beneficiary',
  debtor: 'the debtor',
  account: 'an account',
  amount: 'an amount',
  currency: 'a currency',
  method: 'the payment method',
  identifier: 'an identifier of the payment',
  tax: 'tax',
  entity: 'the legal entity',
  date: 'a date',
};

/** Words of a name, split where camel case, blanks and punctuation split it. */
type Rule = {
  role: FieldRole;
  words?: ReadonlySet<string>;
  /** Of the name without punctuation and case. */
  name?: RegExp;
  /** Whatever stands below is of the role too: the name, the bank and the account of a beneficiary. */
  isHolder?: true;
};

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

// English, German, ISO 20022 (pain), SWIFT and the technical names of SAP.
const RULES: readonly Rule[] = [
  {
    role: 'beneficiary',
    isHolder: true,
    words: words('cdtr creditor beneficiary bene payee recipient receiver vendor supplier lifnr empfaenger lieferant'),
    name: /beneficiary|creditor|payee|recipient|zahlungsempf|begunstigt|beguenstigt/,
  },
  {
    role: 'debtor',
    isHolder: true,
    words: words('dbtr debtor payer originator remitter ordering auftraggeber initg pty kunnr zbukr'),
    name: /debtor|payer|initgpty|orderingparty|orderingcustomer|auftraggeber|zahlungspflichtig/,
  },
  {
    role: 'account',
    isHolder: true,
    words: words(
      'account acct acc accno iban bban bic bicfi swift konto kontonr bankn bankl bkont zbnkn zbnkl zbkon blz routing aba ' +
        'sortcode clearing pan hkont saknr racct gl ledger mmb agt agent',
    ),
    name: /account(?!ing|able)|iban|bankn|konto(?!r$)|sortcode|routingn|cardn|bankcode|bankkey|bankleitzahl/,
  },
  {
    role: 'amount',
    words: words(
      'amount amt amnt sum total subtotal price net gross debit credit balance discount quantity qty rate wrbtr dmbtr rwbtr ' +
        'netwr betrag summe preis menge value nb',
    ),
    name: /amount|betrag|ctrlsum|controlsum|nboftxs|unitprice|exchangerate|wrbtr|dmbtr/,
  },
  { role: 'currency', words: words('currency ccy curr cur waers waehrung wahrung'), name: /currency|waehrung|ccy$/ },
  {
    role: 'method',
    words: words('method mtd rail zlsch svclvl lclinstrm chrgbr ctgypurp instrument instrm scheme channel'),
    name: /paymentmethod|paymenttype|pmtmtd|servicelevel|svclvl|lclinstrm|localinstrument|chargebearer|chrgbr|zahlweg/,
  },
  {
    role: 'identifier',
    words: words('uetr'),
    name: /^(?:msg|message|endtoend|e2e|pmtinf|instr|instruction|tx|transaction|payment|batch|mndt|mandate)(?:id|identification|reference|ref)$|endtoend|idempotency/,
  },
  {
    role: 'tax',
    words: words('tax taxes vat gst hst pst wht withholding steuer mwst ust mwskz'),
    name: /taxcode|taxrate|taxamount|mwskz|umsatzsteuer|withholding/,
  },
  {
    role: 'entity',
    words: words('entity company companycode subsidiary bukrs rbukrs buchungskreis'),
    name: /companycode|legalentity|buchungskreis/,
  },
  { role: 'date', words: words('date day on dt datum bldat budat valut'), name: /date$|datum$/ },
];

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

function isOf({ words: known, name: pattern }: Rule, name: string): boolean {
  const parts = wordsOf(name);
  return parts.some((part) => known?.has(part) === true) || pattern?.test(parts.join('')) === true;
}

/** Roles of the field at a place. A holder gives its role to all below it; else its own name and the one above it count. */
export function rolesOf(path: PointerPath): ReadonlySet<FieldRole> {
  const names = path.filter((part) => !isListPosition(part));
  const near = names.slice(-2);
  return new Set(
    RULES.filter((rule) => (rule.isHolder === true ? names : near).some((name) => isOf(rule, name))).map(
      ({ role }) => role,
    ),
  );
}

/** What nobody changes here in a payment instruction, whatever an integration declares. */
export const LOCKED_IN_PAYMENTS: readonly FieldRole[] = [
  'beneficiary',
  'account',
  'amount',
  'currency',
  'debtor',
  'method',
  'identifier',
];

/** What people write down and what is counted by; no bank reads an order to pay out of it. */
const MOVES_NOTHING = words(
  'remittance ustrd purpose purp text sgtxt bktxt memo note notes comment comments description remark remarks narrative reason ' +
    'subject usage cost costs kostl center centre profit prctr project department segment category region language priority ' +
    'verwendungszweck buchungstext notiz kommentar kostenstelle',
);
const LAST_OF_DATES = words('date day on dt datum bldat budat valut');
const REMITTANCE = /^(?:rmtinf|remittance(?:info|information)?)$/;

/**
 * Whether a field of a payment instruction is known to move no money. Names of what does are without number, so that what is not known
 * stays closed.
 */
export function movesNothing(path: PointerPath): boolean {
  const names = path.filter((part) => !isListPosition(part));
  const parts = wordsOf(names.at(-1) ?? '');
  return (
    parts.some((part) => MOVES_NOTHING.has(part)) ||
    LAST_OF_DATES.has(parts.at(-1) ?? '') ||
    names.slice(0, -1).some((name) => REMITTANCE.test(wordsOf(name).join('')))
  );
}

/** What of a posting is put right where it came from, unless it is declared and confirmed. */
export const SOURCE_FIRST_IN_POSTINGS: readonly FieldRole[] = ['amount', 'currency', 'account', 'tax', 'entity'];

/** Whether what changes at a place makes another sum of it. */
export function changesMoney(path: PointerPath): boolean {
  const roles = rolesOf(path);
  return roles.has('amount') || roles.has('currency');
}

/** Whether a text is an account number by its form, whatever it is called. */
export function holdsAccount(text: string): boolean {
  return findIbans(text).length > 0;
}
