import { CELL_STYLES, MOST_DECIMALS, xmlText } from './worksheet-text.js';

/** A file of the package. */
export type WorkbookPart = { path: string; text: string };

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const FORMATS = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const LONGEST_SHEET_NAME = 31;

/** Where the sheet of that place (from 0) stands in the package. */
export function sheetPath(place: number): string {
  return `xl/worksheets/sheet${place + 1}.xml`;
}

/** Everything of a workbook but its sheets, which are written before it: only then their number is known. */
export function workbookParts(sheetNames: readonly string[]): WorkbookPart[] {
  const sheets = sheetNames.map((name, place) => ({ name, id: place + 1 }));
  const relation = (id: number, type: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  return [
    {
      path: '[Content_Types].xml',
      text: `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${FORMATS}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${FORMATS}.styles+xml"/>${sheets.map(({ id }) => `<Override PartName="/${sheetPath(id - 1)}" ContentType="${FORMATS}.worksheet+xml"/>`).join('')}</Types>`,
    },
    {
      path: '_rels/.rels',
      text: `${HEAD}<Relationships xmlns="${RELATIONS}">${relation(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    },
    {
      path: 'xl/workbook.xml',
      text: `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets.map(({ name, id }) => `<sheet name="${xmlText(name.slice(0, LONGEST_SHEET_NAME))}" sheetId="${id}" r:id="rId${id}"/>`).join('')}</sheets></workbook>`,
    },
    {
      path: 'xl/_rels/workbook.xml.rels',
      text: `${HEAD}<Relationships xmlns="${RELATIONS}">${sheets.map(({ id }) => relation(id, 'worksheet', `worksheets/sheet${id}.xml`)).join('')}${relation(sheets.length + 1, 'styles', 'styles.xml')}</Relationships>`,
    },
    { path: 'xl/styles.xml', text: stylesText() },
  ];
}

/** Formats in the order of CELL_STYLES: general, head, instant, then amounts of 0 to MOST_DECIMALS decimals. */
function stylesText(): string {
  const firstFormat = 164;
  const decimals = Array.from({ length: MOST_DECIMALS + 1 }, (_, places) =>
    places === 0 ? '#,##0' : `#,##0.${'0'.repeat(places)}`,
  );
  const codes = ['yyyy\\-mm\\-dd\\ hh:mm:ss', ...decimals];
  const formats = codes.map((code, index) => `<numFmt numFmtId="${firstFormat + index}" formatCode="${code}"/>`);
  const plain = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>';
  const head = '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>';
  const numbers = codes.map(
    (_, index) =>
      `<xf numFmtId="${firstFormat + index}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`,
  );
  const cells = [plain, head, ...numbers];
  if (cells.length !== CELL_STYLES.decimals + MOST_DECIMALS + 1)
    throw new RangeError('styles do not match CELL_STYLES');
  return `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="${formats.length}">${formats.join('')}</numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${cells.length}">${cells.join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
}
