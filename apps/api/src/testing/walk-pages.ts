/** A page as Relay connections have it. */
export type PageOf<TNode> = { pageInfo: { hasNextPage: boolean; endCursor: string | null }; edges: { node: TNode }[] };

/** All nodes of a connection, page by page. */
export async function walkPages<TNode>(ask: (after: string | null) => Promise<PageOf<TNode>>): Promise<TNode[]> {
  const nodes: TNode[] = [];
  let after: string | null = null;
  for (;;) {
    const page: PageOf<TNode> = await ask(after);
    nodes.push(...page.edges.map(({ node }) => node));
    if (!page.pageInfo.hasNextPage) {
      return nodes;
    }
    after = page.pageInfo.endCursor;
  }
}
