/** Where the measured stack answers. */
export type StackAddress = { apiUrl: string; collectorUrl: string; ingestKey: string; email: string; password: string };

/** A signed-in GraphQL client and an event sender, nothing more: the benchmark measures the stack, not a library. */
export class StackClient {
  private constructor(
    private readonly address: StackAddress,
    /** Of the session. */
    readonly cookie: string,
  ) {}

  /** Signs in; throws with the answer when that fails. */
  static async signIn(address: StackAddress): Promise<StackClient> {
    const response = await fetch(`${address.apiUrl}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query:
          'mutation SignIn($email: String!, $password: String!) { signIn(email: $email, password: $password) { __typename } }',
        variables: { email: address.email, password: address.password },
      }),
    });
    const cookie = response.headers.get('set-cookie')?.split(';')[0];
    if (cookie === undefined) throw new Error(`sign-in failed: ${response.status} ${await response.text()}`);
    return new StackClient(address, cookie);
  }

  /** Runs one GraphQL operation and returns its data. */
  async query<T>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
    const response = await fetch(`${this.address.apiUrl}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: this.cookie },
      body: JSON.stringify({ query, variables }),
    });
    const answer = (await response.json()) as { data?: T; errors?: { message: string }[] };
    if (answer.data === undefined || answer.errors !== undefined)
      throw new Error(answer.errors?.[0]?.message ?? `status ${response.status}`);
    return answer.data;
  }

  /** Sends one contract.approved event; resolves when the collector has acknowledged it. */
  async sendContract(number: string): Promise<void> {
    const response = await fetch(`${this.address.collectorUrl}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents+json', authorization: `Bearer ${this.address.ingestKey}` },
      body: JSON.stringify({
        specversion: '1.0',
        id: number,
        source: '/bench',
        type: 'finance.contract.approved',
        time: new Date().toISOString(),
        data: {
          system: 'salesforce',
          objects: [
            {
              type: 'contract',
              keys: [{ kind: 'contract-number', value: number }],
              legalEntity: 'DE01',
              counterparty: 'Bench GmbH',
              amount: { amount: '100.00', currency: 'EUR' },
              direction: 'inflow',
            },
          ],
        },
      }),
    });
    if (!response.ok) throw new Error(`collector answered ${response.status}: ${await response.text()}`);
  }
}
