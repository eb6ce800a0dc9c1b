import { createHash } from 'node:crypto';

/** A file in the folder that may be taken: `<source>/<format>[/<layout>]/<name>` below the watched folder. */
export type IncomingFile = {
  /** Folder of the file, relative to the watched folder. */
  folder: string;
  name: string;
  source: string;
  format: string;
  layout: string | undefined;
};

const DONE = 'done';
const REFUSED = 'refused';
/** Folders in which taken files are put; what lies there is never taken. */
export const OWN_FOLDERS: ReadonlySet<string> = new Set([DONE, REFUSED]);
/** Names under which senders write what is not complete yet. */
const UNFINISHED = /\.(?:part|tmp|partial|filepart|crdownload|writing|lock|swp)$|~$/i;
/** File systems take 255; the longest addition is that of takingName. */
const LONGEST_NAME_BYTES = 200;
/** A file that a collector has taken: `<name>.taking-<id of the collector>`. */
const TAKING = /^(.+)\.taking-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** What a path below the watched folder is; undefined for anything that is not to be taken. */
export function incomingFile(segments: readonly string[]): IncomingFile | undefined {
  if (segments.length < 3 || segments.length > 4 || segments.some(isHidden)) return undefined;
  if (segments.slice(0, -1).some((segment) => OWN_FOLDERS.has(segment))) return undefined;
  const name = segments.at(-1)!;
  if (UNFINISHED.test(name) || TAKING.test(name)) return undefined;
  const [source = '', format = ''] = segments;
  return {
    folder: segments.slice(0, -1).join('/'),
    name,
    source,
    format,
    layout: segments.length === 4 ? segments[2] : undefined,
  };
}

/** The name, or one that is short enough for what is added to it here: its beginning and ending, told apart by its hash. */
export function shortName(name: string): string {
  if (Buffer.byteLength(name) <= LONGEST_NAME_BYTES) return name;
  const ending = /\.[A-Za-z0-9.]{1,20}$/.exec(name)?.[0] ?? '';
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 12);
  let kept = name.slice(0, LONGEST_NAME_BYTES / 2).replace(/[\ud800-\udbff]$/, '');
  while (Buffer.byteLength(kept) > LONGEST_NAME_BYTES / 2) kept = [...kept].slice(0, -1).join('');
  return `${kept}~${hash}${ending}`;
}

/** The name under which a collector takes a file: renaming to it succeeds for one of many. */
export function takingName(name: string, collectorId: string): string {
  return `${name}.taking-${collectorId}`;
}

/** The original name of a taken file, and by whom it was taken. */
export function takenBy(name: string): { name: string; collectorId: string } | undefined {
  const [, original, collectorId] = TAKING.exec(name) ?? [];
  return original === undefined || collectorId === undefined ? undefined : { name: original, collectorId };
}

function isHidden(segment: string): boolean {
  return segment.startsWith('.') || segment === '';
}
