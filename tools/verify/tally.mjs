/** Counts what passed, failed and was skipped over all steps, and names each skip. */
export class Tally {
  #passed = 0;
  #failed = 0;
  #skips = [];
  #failures = [];
  #startedAt = Date.now();

  add({ passed = 0, failed = 0, skips = [], failures = [] }) {
    this.#passed += passed;
    this.#failed += failed;
    this.#skips.push(...skips);
    this.#failures.push(...failures);
  }

  /** Prints the failures, the skips and the closing line; returns the exit code. */
  close() {
    for (const failure of this.#failures) console.log(`failed: ${failure}`);
    for (const skip of this.#skips) console.log(`skipped: ${skip}`);
    console.log(`took ${Math.round((Date.now() - this.#startedAt) / 1000)} s`);
    console.log(`${this.#passed} passed, ${this.#failed} failed, ${this.#skips.length} skipped`);
    return this.#failed > 0 || this.#passed === 0 ? 1 : 0;
  }
}
