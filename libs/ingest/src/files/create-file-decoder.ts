import { Bai2Decoder } from './bai2/bai2-decoder.js';
import { CsvDecoder } from './csv/csv-decoder.js';
import type { CsvLayout } from './csv/csv-layout.js';
import { isIsoFormat, type FileFormat } from './file-format.js';
import type { FileDecoder } from './file-record.js';
import { IsoDecoder } from './iso20022/iso-decoder.js';
import { MtDecoder } from './swift/mt-decoder.js';

/** A decoder for one file. `layout` is needed for CSV alone. */
export function createFileDecoder(format: Exclude<FileFormat, 'csv'>): FileDecoder;
export function createFileDecoder(format: FileFormat, layout: CsvLayout | undefined): FileDecoder;
export function createFileDecoder(format: FileFormat, layout?: CsvLayout): FileDecoder {
  if (isIsoFormat(format)) return new IsoDecoder(format);
  if (format === 'mt940' || format === 'mt942') return new MtDecoder(format);
  if (format === 'bai2') return new Bai2Decoder();
  if (layout === undefined) throw new TypeError('a CSV file is read by a layout');
  return new CsvDecoder(layout);
}
