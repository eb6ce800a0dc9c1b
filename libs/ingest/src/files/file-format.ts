/** The file formats of the public contract, as they stand in the route. */
export const FILE_FORMATS = [
  'camt.052',
  'camt.053',
  'camt.054',
  'pain.001',
  'pain.002',
  'pain.008',
  'mt940',
  'mt942',
  'bai2',
  'csv',
] as const;

/** One of the file formats. */
export type FileFormat = (typeof FILE_FORMATS)[number];

/** True when the text names a file format. */
export function isFileFormat(text: string): text is FileFormat {
  return (FILE_FORMATS as readonly string[]).includes(text);
}

/** The ISO 20022 messages among the formats. */
export type IsoFormat = Extract<FileFormat, `camt.${string}` | `pain.${string}`>;

/** True for the formats that are ISO 20022 XML. */
export function isIsoFormat(format: FileFormat): format is IsoFormat {
  return format.startsWith('camt.') || format.startsWith('pain.');
}
