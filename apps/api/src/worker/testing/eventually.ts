const PAUSE_MS = 25;

/** Tries until it succeeds; fails with the last error when the time is over. */
export async function eventually<T>(attempt: () => T | Promise<T>, withinMs = 10_000): Promise<T> {
  const until = performance.now() + withinMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}
