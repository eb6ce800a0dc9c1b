import { useCallback, useState } from 'react';
import { graphql } from '../../gql/index.js';
import type { SourcesAnswerQuery } from '../../gql/graphql.js';
import { count } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { Icon } from '../../shared/icons/icon.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { SectionTabs } from '../../shared/page/section-tabs.js';
import { SOURCE_SECTIONS, sourcesHref, type SourceSection, type SourcesSearch } from '../../shared/url.js';
import { ContractsSection } from './contracts-section.js';
import { KeysSection } from './keys-section.js';
import { LayoutsSection } from './layouts-section.js';
import { NamesSection } from './names-section.js';
import { RedactionSection } from './redaction-section.js';
import { SystemsSection } from './systems-section.js';
import { UnclaimedSection } from './unclaimed-section.js';
import page from '../../shared/page/list-page.module.css';

const SourcesAnswerDocument = graphql(`
  query SourcesAnswer {
    sourceSystems(first: 1) {
      totalCount
      totalCountIsEstimate
    }
    ingestKeys(first: 1) {
      totalCount
      totalCountIsEstimate
    }
    unclaimedIntegrations(first: 1) {
      totalCount
      totalCountIsEstimate
    }
    redactionRules(first: 1) {
      totalCount
      totalCountIsEstimate
    }
    eventContracts(first: 1) {
      totalCount
      totalCountIsEstimate
    }
    csvLayouts(first: 1) {
      totalCount
      totalCountIsEstimate
    }
    attributeNames(first: 1) {
      totalCount
      totalCountIsEstimate
    }
  }
`);

const NAMES: Record<SourceSection, string> = {
  systems: 'Source systems',
  keys: 'Ingest keys',
  unclaimed: 'Unclaimed',
  redaction: 'Redaction',
  contracts: 'Contracts',
  layouts: 'CSV layouts',
  names: 'Attribute names',
};

const COUNTED = {
  systems: 'sourceSystems',
  keys: 'ingestKeys',
  unclaimed: 'unclaimedIntegrations',
  redaction: 'redactionRules',
  contracts: 'eventContracts',
  layouts: 'csvLayouts',
  names: 'attributeNames',
} as const satisfies Record<SourceSection, keyof SourcesAnswerQuery>;

const ADD: Partial<Record<SourceSection, string>> = {
  systems: 'New source system',
  keys: 'New key',
  redaction: 'New rule',
  contracts: 'Register a contract',
  layouts: 'New layout',
  names: 'Names of a service',
};

/** Who may send, how they prove it, what of it is kept, and how their words are read. */
export function SourcesPage({ search }: { search: SourcesSearch }) {
  const { data, asOf, reload } = useLoad(SourcesAnswerDocument, {});
  const [isAdding, setAdding] = useState(false);
  const added = useCallback(() => {
    setAdding(false);
    reload();
  }, [reload]);
  const add = ADD[search.show];
  return (
    <div className={page['page']}>
      <PageHeader
        name="Sources & keys"
        asOf={asOf}
        answer={data ? sourcesAnswer(data) : 'Sources and keys'}
        actions={
          add && (
            <PermittedButton
              needs="catalog.write"
              what="Changing the catalog"
              leftSection={<Icon name="plus" size={14} />}
              onClick={() => setAdding(true)}
            >
              {add}
            </PermittedButton>
          )
        }
      />
      <SectionTabs
        label="Parts of this screen"
        chosen={search.show}
        tabs={SOURCE_SECTIONS.map((section) => ({
          id: section,
          name: NAMES[section],
          href: sourcesHref({ show: section }),
          count: data?.[COUNTED[section]].totalCount,
          isEstimate: data?.[COUNTED[section]].totalCountIsEstimate,
        }))}
      />
      {search.show === 'systems' && <SystemsSection search={search} isAdding={isAdding} onAdded={added} />}
      {search.show === 'keys' && <KeysSection search={search} isAdding={isAdding} onAdded={added} />}
      {search.show === 'unclaimed' && <UnclaimedSection />}
      {search.show === 'redaction' && <RedactionSection isAdding={isAdding} onAdded={added} />}
      {search.show === 'contracts' && <ContractsSection isAdding={isAdding} onAdded={added} />}
      {search.show === 'layouts' && <LayoutsSection isAdding={isAdding} onAdded={added} />}
      {search.show === 'names' && <NamesSection isAdding={isAdding} onAdded={added} />}
    </div>
  );
}

/** "6 source systems and 9 keys; 3 senders are not claimed by anybody." */
export function sourcesAnswer(data: SourcesAnswerQuery): string {
  const systems = count(data.sourceSystems.totalCount, 'source system');
  const keys = count(data.ingestKeys.totalCount, 'ingest key');
  const unclaimed = data.unclaimedIntegrations.totalCount;
  const rest =
    unclaimed === 0
      ? 'everything that sends is known'
      : `${count(unclaimed, 'sender is', 'senders are')} not claimed by anybody`;
  return `${systems} and ${keys}; ${rest}.`;
}
