import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, readdir, realpath, rename, utimes, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withoutQuotes } from '@throughline/ingest';
import type { Logger } from '@throughline/observability';
import { countRefusal } from '../intake/count-refusal.js';
import { errorCode } from '../intake/error-code.js';
import type { FileIntake } from '../intake/file-intake.js';
import { asRefusal, type Intake, type IntakeRequest } from '../intake/intake.js';
import { Refusal, type RefusalKind } from '../intake/refusal.js';
import { Complaints } from './complaints.js';
import { incomingFile, OWN_FOLDERS, shortName, takenBy, takingName, type IncomingFile } from './incoming-file.js';
import { moveWithout, putInto } from './move-file.js';
import { unlessItGrows } from './unless-it-grows.js';

/** Watching a folder; `close` finishes the file in hand. */
export type FolderWatch = { close(): Promise<void> };

type Settings = { path: string; key: string; pollMs: number };
type Parts = { intake: Intake; files: FileIntake; log: Logger; stallMs?: number };

/** Of a file that a collector has in hand; one whose collector died is taken over after it. */
const STALL_MS = 60_000;
const TOUCH_MS = 10_000;
const DEEPEST = 4;
const MOST_A_ROUND = 10_000;

/** What may pass by itself: the file stays where it is, and is complained of. */
const PASSING: ReadonlySet<RefusalKind> = new Set<RefusalKind>([
  'unavailable',
  'rate-limited',
  'internal',
  'unauthenticated',
]);

/**
 * Takes files from `<folder>/<source>/<format>[/<layout>]/`. A file counts as complete when its size and time are the same
 * in two rounds, and is put back when it grows while it is read; to take it, it is renamed, which succeeds for one of many
 * collectors. Taken ones go to `done/`, refused ones to `refused/` with the reason beside them. One that is taken twice all
 * the same (its collector died after the commit) is known by its content. A file or folder that cannot be handled holds up no
 * other. Polling, because notifications of network folders cannot be relied on.
 */
export function watchFolder(settings: Settings, parts: Parts): FolderWatch {
  const watch = new Watch(settings, parts);
  return watch.start();
}

class Watch {
  private readonly collectorId = randomUUID();
  private readonly stop = new AbortController();
  private readonly seen = new Map<string, string>();
  private readonly complaints: Complaints;

  constructor(
    private readonly settings: Settings,
    private readonly parts: Parts,
  ) {
    this.complaints = new Complaints(parts.log, parts.intake.metrics);
  }

  start(): FolderWatch {
    const work = this.run();
    return {
      close: async () => {
        this.stop.abort();
        await work;
      },
    };
  }

  private async run(): Promise<void> {
    while (!this.stop.signal.aborted) {
      await this.complaints.about(this.settings.path, () => this.round());
      await this.pause();
    }
  }

  private async round(): Promise<void> {
    const root = await realpath(this.settings.path);
    const found = new Set<string>();
    for (const file of await this.filesBelow(root, [])) {
      if (this.stop.signal.aborted) return;
      const path = join(root, file.folder, file.name);
      found.add(path);
      if (await this.isComplete(path)) await this.complaints.about(path, () => this.take(root, file, path));
    }
    for (const path of this.seen.keys()) {
      if (found.has(path)) continue;
      this.seen.delete(path);
      this.complaints.forget(path);
    }
  }

  /** Plain files in plain folders; a symbolic link is never followed, wherever it points. */
  private async filesBelow(root: string, segments: readonly string[]): Promise<IncomingFile[]> {
    const entries = await readdir(join(root, ...segments), { withFileTypes: true });
    const files: IncomingFile[] = [];
    for (const entry of entries.sort((left, right) => (left.name < right.name ? -1 : 1))) {
      if (files.length >= MOST_A_ROUND) break;
      const path = [...segments, entry.name];
      const isOpen = !entry.name.startsWith('.') && !OWN_FOLDERS.has(entry.name);
      if (entry.isDirectory() && isOpen && path.length < DEEPEST) {
        const below = await this.complaints.about(join(root, ...path), () => this.filesBelow(root, path));
        files.push(...(below ?? []));
      }
      if (!entry.isFile()) continue;
      if (takenBy(entry.name) !== undefined)
        await this.complaints.about(join(root, ...path), () => this.takeOver(root, segments, entry.name));
      const file = incomingFile(path);
      if (file !== undefined) files.push(file);
    }
    return files;
  }

  /** A file in the hands of a collector that no longer touches it goes back to its name. */
  private async takeOver(root: string, segments: readonly string[], name: string): Promise<void> {
    const taken = takenBy(name);
    if (taken === undefined) return;
    const path = join(root, ...segments, name);
    const age = await lstat(path).then(
      (found) => Date.now() - found.mtimeMs,
      () => 0,
    );
    if (age > (this.parts.stallMs ?? STALL_MS)) await moveWithout(path, join(root, ...segments, taken.name));
  }

  private async isComplete(path: string): Promise<boolean> {
    const found = await lstat(path).catch(() => undefined);
    // A name that is not UTF-8 is listed as another one, which leads to no file.
    if (found === undefined && path.includes('\ufffd'))
      this.complaints.tell(
        path,
        new Error('the name of a file is not UTF-8: it cannot be taken before it has another'),
      );
    if (found === undefined || !found.isFile()) return false;
    const state = `${found.size}:${found.mtimeMs}:${found.ino}`;
    const isSame = this.seen.get(path) === state;
    this.seen.set(path, state);
    return isSame;
  }

  private async take(root: string, file: IncomingFile, path: string): Promise<void> {
    const folder = join(root, file.folder);
    const short = shortName(file.name);
    if (short !== file.name) {
      // With what is added to its name it would be longer than a name may be. It is found again under the shorter one.
      await moveWithout(path, join(folder, short));
      return;
    }
    const taking = join(folder, takingName(file.name, this.collectorId));
    try {
      await rename(path, taking);
    } catch (error) {
      // Another collector was faster.
      if (errorCode(error) === 'ENOENT') return;
      throw error;
    }
    this.seen.delete(path);
    const touch = (): void => void utimes(taking, new Date(), new Date()).catch(() => undefined);
    touch();
    const timer = setInterval(touch, Math.min(TOUCH_MS, (this.parts.stallMs ?? STALL_MS) / 3));
    const startedAt = performance.now();
    let result = 'ok';
    try {
      const outcome = await this.read(taking, file).catch((error: unknown) => asRefusal(error));
      if (outcome instanceof Refusal) {
        result = outcome.kind;
        await this.refused(folder, file, taking, outcome);
      } else {
        await putInto(folder, 'done', file.name, taking);
        this.parts.log.info({ fileId: outcome, format: file.format }, 'file taken from the watched folder');
      }
    } finally {
      clearInterval(timer);
      this.parts.intake.metrics.countRequest('file', result, (performance.now() - startedAt) / 1_000);
    }
  }

  private async read(path: string, file: IncomingFile): Promise<string> {
    const { intake } = this.parts;
    const request = await intake.open('file', { token: this.settings.key }, file.source);
    return countRefusal(intake, request, () => this.readFor(request, path, file));
  }

  private async readFor(request: IntakeRequest, path: string, file: IncomingFile): Promise<string> {
    const { intake, files } = this.parts;
    const source = await files.sourceOf(request, file.source);
    const words = { format: file.format, layout: file.layout, name: file.name };
    const description = await files.describe(request, words);
    const handle = await openPlain(path);
    const account = intake.budget.open();
    try {
      const chunks = handle.createReadStream({ autoClose: false, highWaterMark: 64 * 1024 }) as AsyncIterable<Buffer>;
      return (await files.take(request, source, description, unlessItGrows(chunks, handle), account)).fileId;
    } finally {
      account.close();
      await handle.close();
    }
  }

  private async refused(folder: string, file: IncomingFile, taking: string, refusal: Refusal): Promise<void> {
    if (PASSING.has(refusal.kind)) {
      await moveWithout(taking, join(folder, file.name));
      throw refusal;
    }
    const facts = { format: file.format, kind: refusal.kind, reason: withoutQuotes(refusal.message) };
    this.parts.log.info(facts, 'a file of the watched folder is refused');
    const name = await putInto(folder, 'refused', file.name, taking);
    await writeFile(join(folder, 'refused', `${name}.reason.txt`), `${refusal.message}\n`);
  }

  private async pause(): Promise<void> {
    await sleep(this.settings.pollMs, undefined, { signal: this.stop.signal }).catch(() => undefined);
  }
}

/** Between listing and opening it may have become a link. Who may not read it is told so, and tries again. */
async function openPlain(path: string): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    throw new Refusal('unavailable', `the file cannot be opened (${errorCode(error)})`, { cause: error });
  }
}
