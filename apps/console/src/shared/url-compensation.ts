/** What an integration undoes or tells where something went wrong. */
export function compensationHref(integration: string): string {
  return `/integrations/${encodeURIComponent(integration)}/compensation`;
}
