import { link, lstat, mkdir, rename, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../intake/error-code.js';

/** Moves a file into a folder beside it, under another name where its own is taken. Answers the name. */
export async function putInto(folder: string, below: string, name: string, from: string): Promise<string> {
  const target = join(folder, below);
  await mkdir(target, { recursive: true });
  for (let turn = 0; ; turn += 1) {
    const free = turn === 0 ? name : `${name}.${turn + 1}`;
    if (await moveWithout(from, join(target, free))) return free;
  }
}

/** Moves without replacing what is there; false when something is. */
export async function moveWithout(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    if (errorCode(error) === 'ENOENT') return true;
    // A file system without hard links.
    const isThere = await lstat(to).then(
      () => true,
      () => false,
    );
    if (isThere) return false;
    await rename(from, to);
    return true;
  }
  await unlink(from).catch(() => rm(from, { force: true }));
  return true;
}
