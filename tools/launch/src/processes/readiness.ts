import { LaunchProblem } from '../launch-problem.js';

const READY_TIMEOUT_MS = 120_000;
const ASK_EVERY_MS = 100;

/** What /readyz said last, for the message when it never says yes. */
async function ask(url: string): Promise<{ isReady: boolean; said: string }> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    const body = (await response.text()).slice(0, 500);
    return { isReady: response.ok, said: `${response.status} ${body}` };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { isReady: false, said: cause instanceof Error ? cause.message : String(cause) };
  }
}

/** Waits until a process says that it is ready; throws with its last answer when it does not within two minutes. */
export async function untilReady(name: string, url: string, abort: AbortSignal): Promise<void> {
  let said = '';
  for (const deadline = Date.now() + READY_TIMEOUT_MS; Date.now() < deadline && !abort.aborted;) {
    const answer = await ask(url);
    if (answer.isReady) return;
    said = answer.said;
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
  if (!abort.aborted)
    throw new LaunchProblem(`The ${name} is not ready after ${READY_TIMEOUT_MS / 1_000} s (${url}): ${said}`);
}
