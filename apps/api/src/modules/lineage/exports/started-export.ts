/** What a request is asked for too much of. */
export class ExportTooLarge extends Error {
  override readonly name = 'ExportTooLarge';
}

/** An export whose first byte can be sent; `counted` = rows by what they are, where they were counted before. */
export type StartedExport = {
  exportId: string;
  counted: Readonly<Record<string, number>>;
  body: AsyncGenerator<string | Buffer>;
};
