import { createInterface } from 'node:readline/promises';
import type { LaunchOptions } from '../options.mjs';
import { emptyDataFolder, isDataFolder } from './data-folder.js';
import { LaunchProblem } from './launch-problem.js';

/** Deletes the embedded database after asking; answers false when the person thinks better of it. */
export async function reset(options: LaunchOptions, stopServer: () => Promise<void>): Promise<boolean> {
  if (!isDataFolder(options.dataDir)) return true;
  if (!options.yes && !(await isConfirmed(options.dataDir))) return false;
  await stopServer();
  emptyDataFolder(options.dataDir);
  return true;
}

async function isConfirmed(dataDir: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new LaunchProblem('--reset asks before it deletes, and nobody can be asked here: add --yes.');
  }
  const questions = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await questions.question(`Delete the database and everything else in ${dataDir}? Type "yes": `);
    return answer.trim().toLowerCase() === 'yes';
  } finally {
    questions.close();
  }
}
