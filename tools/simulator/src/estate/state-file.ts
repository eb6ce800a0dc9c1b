import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseEstateState, type EstateState } from './estate-state.js';

const SAVE_LATER_MS = 500;

/** Keeps the state in one JSON file that is replaced as a whole. */
export class StateFile {
  readonly #path: string;
  #state: EstateState | null = null;
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
  }

  /** The state of an earlier run, or null on the first start. */
  async load(): Promise<EstateState | null> {
    let text: string;
    try {
      text = await readFile(this.#path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
    try {
      return parseEstateState(text);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(
        `The simulator cannot read its state in ${this.#path} (${reason}). Delete the file to start a new estate.`,
      );
    }
  }

  /** The state that save() writes from now on. */
  keep(state: EstateState): void {
    this.#state = state;
  }

  /** Resolves once the state as it is now is on disk. Writes one after the other. */
  save(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const state = this.#state;
    if (state === null) return Promise.resolve();
    this.#writing = this.#writing
      .catch(() => undefined)
      .then(async () => {
        await mkdir(dirname(this.#path), { recursive: true });
        await writeFile(`${this.#path}.new`, JSON.stringify(state));
        await rename(`${this.#path}.new`, this.#path);
      });
    return this.#writing;
  }

  /** Saves soon; several calls make one write. */
  saveSoon(onError: (error: unknown) => void): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.save().catch(onError);
    }, SAVE_LATER_MS);
  }
}
