/** An export that did not become a file, in words for whoever asked. */
export class ExportFailed extends Error {
  override readonly name = 'ExportFailed';
}

type Refusal = { code?: string; message?: string };

/** Fetches an export piece by piece and hands it to the browser to save; `onBytes` hears how much has come. */
export async function downloadExport(
  href: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<{ name: string; bytes: number }> {
  const response = await answerOf(href, signal);
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  for (let next = await reader?.read(); next && !next.done; next = await readOn(reader, bytes, signal)) {
    pieces.push(next.value);
    bytes += next.value.length;
    onBytes(bytes);
  }
  const name = fileName(response.headers.get('content-disposition'));
  saveFile(new Blob(pieces, { type: response.headers.get('content-type') ?? '' }), name);
  return { name, bytes };
}

async function answerOf(href: string, signal: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(href, { signal, credentials: 'same-origin' });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new ExportFailed('Throughline cannot be reached.');
  }
  if (response.ok) return response;
  const refusal = (await response.json().catch(() => ({}))) as Refusal;
  throw new ExportFailed(
    response.status === 401
      ? 'Your session has ended. Sign in again, then export.'
      : (refusal.message ?? 'The server could not answer.'),
  );
}

type Reader = ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;

async function readOn(reader: Reader | undefined, bytes: number, signal: AbortSignal) {
  try {
    return await reader?.read();
  } catch (error) {
    if (signal.aborted) throw error;
    throw new ExportFailed(`The export broke off after ${byteWords(bytes)}; nothing was saved.`);
  }
}

function fileName(disposition: string | null): string {
  return /filename="([^"]+)"/.exec(disposition ?? '')?.[1] ?? 'export';
}

/** Hands a file to the browser to be saved. */
export function saveFile(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // the browser has taken hold of the content once the click is handled
  setTimeout(() => URL.revokeObjectURL(link.href), 0);
}

/** "820 B", "3.2 MB" */
export function byteWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kB'] : [bytes / 1_000_000, 'MB'];
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}
