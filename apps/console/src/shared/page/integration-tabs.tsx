import { compensationHref } from '../url-compensation.js';
import { requeueTargetHref, sendingHref } from '../url-requeue.js';
import { SectionTabs } from './section-tabs.js';

type IntegrationTabsProps = { integration: string; chosen: 'target' | 'sending' | 'undo' };

/** The pages about one integration: where it is sent to, how, and what it undoes. */
export function IntegrationTabs({ integration, chosen }: IntegrationTabsProps) {
  return (
    <SectionTabs
      label="Pages of the integration"
      chosen={chosen}
      tabs={[
        { id: 'target', name: 'Target', href: requeueTargetHref(integration) },
        { id: 'sending', name: 'Sending', href: sendingHref(integration) },
        { id: 'undo', name: 'Undo', href: compensationHref(integration) },
      ]}
    />
  );
}
