export const DEMO_PASSWORD = 'throughline-demo';

/** A signed-in person without a browser. */
export class ApiClient {
  #cookie = '';

  constructor(url) {
    this.url = url;
  }

  async signIn(email, password = DEMO_PASSWORD) {
    const query = `mutation ($email: String!, $password: String!) {
      signIn(email: $email, password: $password) { __typename ... on SignInFailure { message } }
    }`;
    const response = await this.#send(query, { email, password });
    const { data } = await response.json();
    if (data?.signIn?.__typename !== 'SignInSuccess')
      throw new Error(`Could not sign in as ${email}: ${JSON.stringify(data)}`);
    this.#cookie = response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';', 1)[0])
      .join('; ');
    return this;
  }

  /** The data of an operation; throws what the server complained about. */
  async query(query, variables = {}) {
    const response = await this.#send(query, variables);
    const answer = await response.json();
    if (answer.errors) throw new Error(`GraphQL: ${JSON.stringify(answer.errors)}`);
    return answer.data;
  }

  /** All nodes of a connection, page by page; `field` is the query field with its other arguments. */
  async all(field, { filter = '', nodes }) {
    const found = [];
    let after = null;
    do {
      const query = `query ($after: String) { list: ${field}(first: 100, after: $after${filter}) { edges { node { ${nodes} } } pageInfo { hasNextPage endCursor } } }`;
      const { list } = await this.query(query, { after });
      found.push(...list.edges.map((edge) => edge.node));
      after = list.pageInfo.hasNextPage ? list.pageInfo.endCursor : null;
    } while (after !== null);
    return found;
  }

  /** The exceptions of a document by its business key. */
  async exceptionsOf(key) {
    const exceptions = await this.all('exceptions', {
      filter: `, filter: { text: ${JSON.stringify(key)} }`,
      nodes: `id state resolution title message occurrences legalEntity counterparty hop openedAt resolvedAt
        taxonomy moneyAtRisk { amount currency } businessObject { type key } group { id memberCount }
        attempts { attempt state requestId transmissions }`,
    });
    return exceptions.filter((exception) => exception.businessObject.key === key);
  }

  /** The transactions anchored at a contract. */
  async transactionsOf(contractNumber) {
    const transactions = await this.all('transactions', {
      filter: `, filter: { text: ${JSON.stringify(contractNumber)} }`,
      nodes: `id state anchor { id key } milestones { name state reachedAt dueAt object { key } } objects { type key isHub }`,
    });
    return transactions.filter((transaction) => transaction.anchor.key === contractNumber);
  }

  async requestRequeue(exceptionIds, reason) {
    const query = `mutation ($exceptionIds: [ID!]!, $reason: String!) {
      requestRequeue(exceptionIds: $exceptionIds, reason: $reason) {
        __typename
        ... on RequeueAccepted { request { id } }
        ... on ActFailure { code message }
      }
    }`;
    const { requestRequeue } = await this.query(query, { exceptionIds, reason });
    return requestRequeue;
  }

  /** Approves a request, as this person sees it. */
  async approveRequeue(id) {
    const { requeueRequest } = await this.query('query ($id: ID!) { requeueRequest(id: $id) { selectionHash } }', {
      id,
    });
    const { approveRequeue } = await this.query(
      `mutation ($id: ID!, $hash: String!) { approveRequeue(requestId: $id, selectionHash: $hash) {
         __typename ... on ActFailure { code message } } }`,
      { id, hash: requeueRequest.selectionHash },
    );
    return approveRequeue;
  }

  async #send(query, variables) {
    return fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: this.url,
        ...(this.#cookie === '' ? {} : { cookie: this.#cookie }),
      },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(10_000),
    });
  }
}
