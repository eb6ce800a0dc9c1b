import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';

const compress = promisify(gzip);

/** Content types of what a Vite build holds; anything else is not served. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

const COMPRESSIBLE = new Set(['.css', '.html', '.js', '.json', '.svg', '.txt', '.webmanifest']);
const MIN_COMPRESSED_BYTES = 1_024;

/** Names under `assets/` carry a hash of their content: what they hold never changes. */
const IMMUTABLE = 'public, max-age=31536000, immutable';
const REVALIDATE = 'no-cache';

/** One file, ready to be sent. */
export type ConsoleFile = {
  contentType: string;
  cacheControl: string;
  etag: string;
  body: Buffer;
  gzipped: Buffer | undefined;
};

/**
 * The built console, looked up by exact path in an index of what the folder holds, so that no path can lead out of it. The
 * index is made again when a new build replaces index.html.
 */
export class ConsoleFiles {
  private paths = new Map<string, string>();
  private loaded = new Map<string, Promise<ConsoleFile>>();
  private indexedBuild: number | undefined;

  constructor(private readonly folder: string) {}

  /** The file at a URL path, or undefined. */
  async find(path: string): Promise<ConsoleFile | undefined> {
    await this.refresh();
    const file = this.paths.get(path === '/' ? '/index.html' : path);
    if (file === undefined) {
      return undefined;
    }
    const known = this.loaded.get(file) ?? load(file, path);
    this.loaded.set(file, known);
    try {
      return await known;
    } catch (error) {
      // replaced by a build that is just running
      this.loaded.delete(file);
      this.indexedBuild = undefined;
      if (isMissing(error)) {
        return undefined;
      }
      throw error;
    }
  }

  /** The page that every path of the application starts from; undefined when the console is not built. */
  page(): Promise<ConsoleFile | undefined> {
    return this.find('/index.html');
  }

  private async refresh(): Promise<void> {
    const build = await stat(join(this.folder, 'index.html')).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    );
    if (build === this.indexedBuild) {
      return;
    }
    this.paths = build === undefined ? new Map() : await indexOf(this.folder);
    this.loaded = new Map();
    this.indexedBuild = build;
  }
}

async function indexOf(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile() && extname(entry.name) in CONTENT_TYPES)
      .map((entry) => {
        const file = join(entry.parentPath, entry.name);
        return [`/${relative(folder, file).split(sep).join('/')}`, file] as const;
      }),
  );
}

async function load(file: string, path: string): Promise<ConsoleFile> {
  const body = await readFile(file);
  const extension = extname(file);
  const isLarge = COMPRESSIBLE.has(extension) && body.length >= MIN_COMPRESSED_BYTES;
  return {
    contentType: CONTENT_TYPES[extension] ?? 'application/octet-stream',
    cacheControl: path.startsWith('/assets/') ? IMMUTABLE : REVALIDATE,
    etag: `"${createHash('sha256').update(body).digest('base64url')}"`,
    body,
    gzipped: isLarge ? await compress(body, { level: constants.Z_BEST_COMPRESSION }) : undefined,
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
