/** The simulated estate as tests steer it: the same ports that people and integrations use, and its control endpoints. */
export class Estate {
  constructor(url) {
    this.url = url;
  }

  /** Plays one order now, which meets nothing but the wished fault; answers with its numbers in all systems. */
  async placeOrder(wish) {
    return this.#post('/control/order', { pace: 'fast', fault: 'none', ...wish });
  }

  async addMapping(unit, companyCode) {
    return this.#post('/erp/mappings', { unit, companyCode });
  }

  async trafficOf(ordersPerMinute) {
    return this.#post('/control/traffic', { ordersPerMinute });
  }

  /** Tells a run through a process; what would have been sent by now is sent at once. */
  async beginJourney(name, startsAt) {
    return this.#post('/control/journeys', { name, startsAt });
  }

  async orders() {
    return (await this.#get('/control/orders')).orders;
  }

  async state() {
    return this.#get('/erp/state');
  }

  /** True while something that has happened in the estate has not been taken by the collector. */
  async isBehind() {
    const { steps } = await this.state();
    return steps.due + steps.underWay > 0;
  }

  async chatMessages() {
    return this.#get('/chat/messages');
  }

  async chatFails(times, status) {
    return this.#post(`/chat/fail?times=${String(times)}&status=${String(status)}`, {});
  }

  async #get(path) {
    return answerOf(await fetch(`${this.url}${path}`));
  }

  async #post(path, body) {
    return answerOf(
      await fetch(`${this.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    );
  }
}

async function answerOf(response) {
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.url} answered ${String(response.status)}: ${text}`);
  return JSON.parse(text);
}
