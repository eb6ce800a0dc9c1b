import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ByteAccount } from '../intake/byte-budget.js';
import type { FileDescription, FileIntake } from '../intake/file-intake.js';
import { countRefusal } from '../intake/count-refusal.js';
import type { Intake, IntakeRequest } from '../intake/intake.js';
import { Refusal } from '../intake/refusal.js';
import { handleIngest, refuseByFramework, type HttpAnswer } from './http-request.js';
import { problemAnswer } from './problem-answer.js';
import { unknownCoding } from './read-body.js';
import { bytesOf } from './request-bytes.js';

/** A file is streamed, and may be a thousand times a request: a slow line must be able to bring it. */
const LONGEST_FILE_MS = 1_800_000;
const ENCODINGS: ReadonlySet<string> = new Set(['', 'identity', 'none', 'gzip', 'x-gzip']);
type Query = Record<string, string | string[] | undefined>;

/** What clients send for "some bytes"; the form type is what curl says when it is told nothing. */
const ANY_BYTES: ReadonlySet<string> = new Set([
  '',
  'application/octet-stream',
  'application/x-www-form-urlencoded',
  'application/gzip',
  'application/x-gzip',
  'text/plain',
]);

/** `POST /v1/files/{format}?source=&layout=&name=`: bank and other files, streamed, all of a file or nothing. */
export function registerFiles(server: FastifyInstance, intake: Intake, files: FileIntake): void {
  const errorHandler = (error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    handleIngest(
      { reply, intake, protocol: 'file' },
      () => refuseByFramework({ intake, protocol: 'file', credentials: request.headers.authorization }, error),
      problemAnswer,
    );
  server.post('/v1/files/*', { errorHandler }, (request, reply) =>
    handleIngest(
      { reply, intake, protocol: 'file' },
      (account) => receive(request, intake, files, account),
      problemAnswer,
    ),
  );
}

async function receive(
  request: FastifyRequest,
  intake: Intake,
  files: FileIntake,
  account: ByteAccount,
): Promise<HttpAnswer> {
  const { source } = queryOf(request);
  const named = typeof source === 'string' && source !== '' ? source : undefined;
  const taken = await intake.open('file', request.headers.authorization, named);
  return countRefusal(intake, taken, () => take(request, taken, files, account));
}

async function take(
  request: FastifyRequest,
  taken: IntakeRequest,
  files: FileIntake,
  account: ByteAccount,
): Promise<HttpAnswer> {
  const query = queryOf(request);
  const description = await files.describe(taken, {
    format: (request.params as { '*': string })['*'].replace(/\/+$/, ''),
    layout: oneOf(query, 'layout'),
    name: oneOf(query, 'name'),
  });
  demandMediaType(request.headers['content-type'], description);
  demandEncoding(request.headers['content-encoding']);
  demandLength(request.headers['content-length'], files.maxBytes);
  const source = await files.sourceOf(taken, oneOf(query, 'source'));
  const { fileId, records, isDuplicate, controlsChecked, controlsBroken } = await files.take(
    taken,
    source,
    description,
    bytesOf(request.raw, LONGEST_FILE_MS),
    account,
  );
  const body = {
    fileId,
    records,
    duplicate: isDuplicate,
    controls: { checked: controlsChecked, broken: controlsBroken },
  };
  return { status: 200, contentType: 'application/json; charset=utf-8', body: Buffer.from(JSON.stringify(body)) };
}

function queryOf({ query }: FastifyRequest): Query {
  return query as Query;
}

function oneOf(query: Query, name: string): string | undefined {
  const value = query[name];
  if (Array.isArray(value)) throw new Refusal('malformed', `?${name}= is given more than once`);
  return value;
}

function demandMediaType(header: string | undefined, { format }: FileDescription): void {
  const mediaType = (header ?? '').split(';', 1)[0]!.trim().toLowerCase();
  if (ANY_BYTES.has(mediaType)) return;
  const isXml = mediaType === 'application/xml' || mediaType === 'text/xml' || mediaType.endsWith('+xml');
  const isXmlFormat = format.startsWith('camt.') || format.startsWith('pain.');
  if (isXmlFormat ? isXml : mediaType.startsWith('text/') && !isXml) return;
  const expected = isXmlFormat ? 'application/xml' : format === 'csv' ? 'text/csv' : 'text/plain';
  const hint = mediaType.startsWith('multipart/') ? '; send the file itself as the body' : '';
  throw new Refusal(
    'unsupported-media-type',
    `Content-Type of a ${format} file must be ${expected} or application/octet-stream${hint}`,
  );
}

function demandEncoding(header: string | undefined): void {
  if (!ENCODINGS.has((header ?? '').trim().toLowerCase())) throw unknownCoding();
}

function demandLength(header: string | undefined, maxBytes: number): void {
  if (Number(header ?? 0) > maxBytes) throw new Refusal('too-large', `a file may have at most ${maxBytes} bytes`);
}
