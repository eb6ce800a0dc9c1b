import { Select } from '@mantine/core';
import { lazy, Suspense, useMemo } from 'react';
import type { SlaReportQuery } from '../../gql/graphql.js';
import { usePages } from '../../shared/graphql/use-pages.js';
import { ActiveMaintenance } from '../../shared/maintenance/maintenance-banner.js';
import { AppLink, useNavigation } from '../../shared/navigation.js';
import { plainWords } from '../../shared/format/words.js';
import { FilterBar } from '../../shared/page/filter-bar.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { Panel } from '../../shared/page/panel.js';
import { Empty, Failed, Loading, MoreRows } from '../../shared/states/states.js';
import { DataTable } from '../../shared/table/data-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { SLA_WINDOWS, slaHref, transactionHref, type SlaSearch } from '../../shared/url.js';
import { workflowHref } from '../../shared/url-lineage.js';
import { useEntityZone, useLegalEntities } from '../../shared/viewer/legal-entities.js';
import { breachColumns, breachId } from './breach-columns.js';
import { prepareSla, slaAnswer } from './prepare-sla.js';
import { ruleChoices, ruleId, ruleOf, ruleWords } from './rule-choice.js';
import { SlaReportDocument, type SlaRule } from './sla-documents.js';
import styles from './sla-page.module.css';

// recharts is loaded with the first chart.
const OnTimeChart = lazy(() => import('./on-time-chart.js').then((module) => ({ default: module.OnTimeChart })));

// The report is counted once for each breach of a page by the limit on the cost of a query: shorter pages than elsewhere.
const PAGE = 50;
const NO_RULES: readonly SlaRule[] = [];
const selectBreaches = (data: SlaReportQuery) => data.slaReport.breaches;

/** What was on time, what was not, and by which rule. */
export function SlaPage({ search }: { search: SlaSearch }) {
  const { go } = useNavigation();
  const entities = useLegalEntities();
  const zoneOf = useEntityZone();
  const pages = usePages(
    SlaReportDocument,
    {
      days: search.days,
      first: PAGE,
      ...(search.entity.length > 0 ? { legalEntities: [...search.entity] } : {}),
      ...(search.workflow === undefined ? {} : { workflow: search.workflow }),
      ...(search.milestone === undefined ? {} : { milestone: search.milestone }),
    },
    selectBreaches,
    { keepPrevious: true },
  );
  const report = pages.data?.slaReport;
  const rules = pages.data?.slaRules ?? NO_RULES;
  const charts = useMemo(() => (report ? prepareSla(report.rows, report.from, report.to) : []), [report]);
  const breaches = pages.nodes;
  const ids = useMemo(() => breaches.map(breachId), [breaches]);
  const open = (id: string) => {
    const breach = breaches.find((candidate) => breachId(candidate) === id);
    if (breach) go(transactionHref(breach.transactionId));
  };
  const cursor = useListCursor({ ids, noun: 'breach', onOpen: open });
  const columns = useMemo(() => breachColumns(zoneOf), [zoneOf]);
  const withEntity = (code: string) =>
    search.entity.includes(code) ? search.entity.filter((other) => other !== code) : [...search.entity, code];

  return (
    <div>
      <PageHeader
        name="SLA"
        asOf={pages.asOf}
        answer={report ? slaAnswer(report, search.days) : 'SLA'}
        detail={rules.length > 0 && ruleWords(rules, search)}
      />
      <ActiveMaintenance>What waits for it is late only after it.</ActiveMaintenance>
      <FilterBar
        groups={[
          {
            name: 'Window',
            isSingle: true,
            choices: SLA_WINDOWS.map((days) => ({
              id: String(days),
              name: `${days} days`,
              isChosen: search.days === days,
              href: slaHref({ ...search, days }),
            })),
          },
          {
            name: 'Entity',
            choices: entities.map(({ code }) => ({
              id: code,
              name: code,
              isChosen: search.entity.includes(code),
              href: slaHref({ ...search, entity: withEntity(code) }),
            })),
          },
        ]}
        aside={
          rules.length > 0 && (
            <Select
              w={280}
              aria-label="Rule that is reported on"
              searchable
              allowDeselect={false}
              data={ruleChoices(rules)}
              value={ruleId(search)}
              onChange={(id) => id !== null && go(slaHref({ ...search, ...ruleOf(id) }), { replace: true })}
            />
          )
        }
      />
      <div className={styles['body']}>
        {pages.isLoading && <Loading label="SLA report" rows={10} />}
        {pages.error && !report && <Failed what="SLA report" error={pages.error} onRetry={pages.reload} />}
        {report && (
          <>
            {charts.length === 0 ? (
              <Panel title="Share on time">
                <Empty title="Nothing was due in this window">
                  The first bar appears on the day on which the first due time falls.
                </Empty>
              </Panel>
            ) : (
              <div className={styles['charts']}>
                {charts.map((chart) => (
                  <Suspense key={chart.legalEntity} fallback={<Loading label="chart" rows={4} />}>
                    <OnTimeChart chart={chart} />
                  </Suspense>
                ))}
              </div>
            )}
            <Panel title="The rules">
              <dl className={styles['rules']}>
                {rules.map((rule) => (
                  <div key={ruleId(rule)}>
                    <dt>
                      {rule.ruleKind === 'service' ? (
                        <AppLink replace href={slaHref({ ...search, ...ruleOf(ruleId(rule)) })}>
                          {rule.title}
                        </AppLink>
                      ) : (
                        rule.title
                      )}
                    </dt>
                    <dd>
                      {rule.description}
                      {rule.ruleKind !== 'service' && ', expected of others'} (
                      <AppLink href={workflowHref(rule.workflow)}>{plainWords(rule.workflow)}</AppLink>)
                    </dd>
                  </div>
                ))}
              </dl>
              {entities.length > 0 && (
                <p className={styles['calendars']}>
                  Business time is counted on each legal entity’s own calendar:{' '}
                  {entities.map(({ code, calendar, timeZone }) => `${code} ${calendar} (${timeZone})`).join(', ')}.
                </p>
              )}
            </Panel>
            <Panel title="Breaches" isFlush aside={`${pages.totalCount} in this window`}>
              {breaches.length === 0 ? (
                <Empty title="No due time was missed" />
              ) : (
                <DataTable
                  label="Breaches"
                  columns={columns}
                  rows={breaches}
                  rowId={breachId}
                  totalCount={pages.totalCount}
                  cursorId={cursor.cursorId}
                  onCursor={cursor.setCursor}
                  onOpen={(row) => go(transactionHref(row.transactionId))}
                  footer={<MoreRows pages={pages} shown={breaches.length} noun="breaches" />}
                />
              )}
            </Panel>
          </>
        )}
      </div>
    </div>
  );
}
