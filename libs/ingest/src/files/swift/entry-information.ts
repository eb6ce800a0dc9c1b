/** What field 86 says of an entry, whichever of its forms it has. */
export type EntryInformation = {
  /** German business transaction code ("166"), when it begins with one. */
  transactionCode?: string;
  bookingText?: string;
  primaNota?: string;
  endToEndId?: string;
  customerReference?: string;
  mandateId?: string;
  creditorId?: string;
  /** Name, account and bank of the other side. */
  name?: string;
  account?: string;
  bank?: string;
  /** Text key extension: of a return, why it came back. */
  returnReason?: string;
  /** It came back: said by the code RTRN itself. */
  isReturned?: true;
  remittance?: string;
};

/** Sub-field codes of SEPA in German banks, e.g. EREF+abc. */
const SEPA_CODES = ['EREF', 'KREF', 'MREF', 'CRED', 'DEBT', 'COAM', 'OAMT', 'SVWZ', 'ABWA', 'ABWE', 'IBAN', 'BIC'];
/** MTLG: (message) stands among them with a colon. */
const SEPA = new RegExp(`(${SEPA_CODES.map((code) => `${code}(?=\\+)`).join('|')}|MTLG(?=:))[+:]`);
/** Codes between slashes in Dutch and other banks. */
const SLASH_CODES =
  'EREF|PREF|MARF|CSID|CNTP|REMI|PURP|ULTC|ULTD|EXCH|CHGS|RTRN|TRTP|BENM|ORDP|IBAN|BIC|NAME|ADDR|ID|ISDT|SVCL|TRCD|BUSP|IREF|CREF|NRTX|DACS';
const SLASH = new RegExp(`/(${SLASH_CODES})/`, 'g');

/** Reads the text of field 86; its lines are joined without a break, because banks break within words. */
export function readEntryInformation(lines: readonly string[]): EntryInformation {
  const joined = lines.join('');
  const structured = /^\s*(\d{3})([?@$#|+~<>^%!&])(?=\d{2})/.exec(joined);
  if (structured) return ofSubFields(joined.slice(structured[0].length - 1), structured[1]!, structured[2]!);
  SLASH.lastIndex = 0;
  if (SLASH.test(joined)) return ofSlashCodes(joined);
  const text = lines
    .map((line) => line.trim())
    .join(' ')
    .trim();
  return { ...ofSepaCodes(text), ...(!hasSepaCode(text) && text !== '' && { remittance: text }) };
}

/** Reads field :NS:, in which German cash-management programs give each line of an entry a number of its own. */
export function readNumberedLines(lines: readonly string[]): EntryInformation {
  const numbered = lines.map((line) => ({ no: Number(/^\d{2}/.exec(line)?.[0]), text: line.slice(2).trim() }));
  const joined = (from: number, to: number): string =>
    numbered
      .filter(({ no, text }) => no >= from && no <= to && text !== '')
      .map(({ text }) => text)
      .join(' ');
  return {
    ...defined('remittance', joined(1, 14)),
    ...defined('name', joined(15, 16)),
    ...defined('bookingText', joined(17, 17)),
    ...defined('primaNota', joined(18, 18)),
    ...defined('bank', joined(33, 33)),
    ...defined('account', joined(34, 34)),
  };
}

function ofSubFields(text: string, transactionCode: string, separator: string): EntryInformation {
  const fields = new Map<string, string>();
  for (const part of text.split(separator)) {
    const [, code, value] = /^(\d{2})(.*)$/s.exec(part) ?? [];
    if (code !== undefined) fields.set(code, (fields.get(code) ?? '') + value!);
  }
  const joined = (from: number, to: number): string =>
    [...fields]
      .filter(([code]) => Number(code) >= from && Number(code) <= to)
      .map(([, value]) => value)
      .join('');
  const purpose = joined(20, 29) + joined(60, 63);
  const sepa = ofSepaCodes(purpose);
  const one = (code: string): string | undefined => fields.get(code)?.trim() || undefined;
  const name = `${fields.get('32') ?? ''}${fields.get('33') ?? ''}`.replace(/\s+/g, ' ').trim();
  return {
    transactionCode,
    ...defined('bookingText', one('00')),
    ...defined('primaNota', one('10')),
    ...sepa,
    ...(!hasSepaCode(purpose) && purpose.trim() !== '' && { remittance: purpose.trim() }),
    ...defined('bank', one('30')),
    ...defined('account', one('38') ?? one('31')),
    ...defined('name', name === '' ? undefined : name),
    ...defined('returnReason', one('34')),
  };
}

function hasSepaCode(text: string): boolean {
  return /(?:^|[^A-Z])(?:EREF|KREF|MREF|CRED|SVWZ)\+/.test(text);
}

function ofSepaCodes(text: string): EntryInformation {
  const parts = text.split(SEPA);
  const values = new Map<string, string>();
  for (let at = 1; at < parts.length; at += 2) values.set(parts[at]!, (parts[at + 1] ?? '').trim());
  const value = (code: string): string | undefined => values.get(code) || undefined;
  return {
    ...defined('endToEndId', value('EREF')),
    ...defined('customerReference', value('KREF')),
    ...defined('mandateId', value('MREF')),
    ...defined('creditorId', value('CRED')),
    ...defined('remittance', value('SVWZ') ?? value('MTLG')),
    ...defined('account', value('IBAN')),
    ...defined('bank', value('BIC')),
  };
}

function ofSlashCodes(text: string): EntryInformation {
  const parts = text.split(SLASH);
  const values = new Map<string, string>();
  for (let at = 1; at < parts.length; at += 2) {
    // A code of one kind of party (BENM) is followed by what is told of it (NAME).
    const value = (parts[at + 1] ?? '').replace(/\/+$/, '').trim();
    if (value !== '' && !values.has(parts[at]!)) values.set(parts[at]!, value);
  }
  const value = (code: string): string | undefined => values.get(code);
  const counterparty = value('CNTP')?.split('/');
  return {
    ...defined('endToEndId', value('EREF')),
    ...defined('customerReference', value('PREF')),
    ...defined('mandateId', value('MARF')),
    ...defined('creditorId', value('CSID')),
    ...defined('name', value('NAME') ?? value('BENM') ?? value('ORDP') ?? counterparty?.[2]),
    ...defined('account', value('IBAN') ?? counterparty?.[0]),
    ...defined('bank', value('BIC') ?? counterparty?.[1]),
    ...defined('returnReason', value('RTRN')),
    ...(parts.includes('RTRN') && { isReturned: true as const }),
    ...defined('remittance', value('REMI')?.replace(/^(?:USTD\/\/|STRD\/(?:CUR|ISO)\/)/, '')),
  };
}

function defined<K extends keyof EntryInformation>(
  name: K,
  value: string | undefined,
): Pick<EntryInformation, K> | object {
  return value === undefined || value === '' ? {} : { [name]: value };
}
