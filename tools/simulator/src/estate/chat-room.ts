import type { ChatMessage, EstateState } from './estate-state.js';

const MESSAGES_KEPT = 300;

export type ChatAnswer = { status: number; retryAfterSeconds: number | null };

/** Receives what a Slack webhook would receive, and can be told to fail for a while. */
export class ChatRoom {
  readonly #state: EstateState;
  readonly #save: () => Promise<void>;
  #failing: { times: number; status: number } = { times: 0, status: 500 };
  #refused = 0;

  constructor(state: EstateState, save: () => Promise<void>) {
    this.#state = state;
    this.#save = save;
  }

  /** Newest last. */
  get messages(): readonly ChatMessage[] {
    return this.#state.chat;
  }

  /** Deliveries that were answered with a failure since the start. */
  get refused(): number {
    return this.#refused;
  }

  failNext(times: number, status: number): void {
    this.#failing = { times, status };
  }

  async receive(now: number, body: unknown): Promise<ChatAnswer> {
    if (this.#failing.times > 0) {
      this.#failing.times -= 1;
      this.#refused += 1;
      return { status: this.#failing.status, retryAfterSeconds: this.#failing.status === 429 ? 1 : null };
    }
    this.#state.chat = [...this.#state.chat, { receivedAt: now, body }].slice(-MESSAGES_KEPT);
    await this.#save();
    return { status: 200, retryAfterSeconds: null };
  }
}
