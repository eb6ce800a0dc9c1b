import type { AcceptancesQuery } from '../../gql/graphql.js';
import { AcceptanceActs } from '../../shared/acceptance/acceptance-acts.js';
import { acceptanceState, whyAsked } from '../../shared/acceptance/acceptance-words.js';
import { formatMoney } from '../../shared/format/money.js';
import { dateTime, exactInstant } from '../../shared/format/time.js';
import { plainWords } from '../../shared/format/words.js';
import { usePages } from '../../shared/graphql/use-pages.js';
import { AppLink } from '../../shared/navigation.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { Facts, Panel } from '../../shared/page/panel.js';
import { SectionTabs } from '../../shared/page/section-tabs.js';
import { Empty, Failed, Loading, MoreRows } from '../../shared/states/states.js';
import { Status } from '../../shared/status/status.js';
import type { ApprovalsSearch } from '../../shared/url-approvals.js';
import { exceptionHref } from '../../shared/url.js';
import { AcceptancesDocument } from './approval-documents.js';
import { approvalTabs } from './approval-tabs.js';
import { approvalsAnswer } from './approvals-answer.js';
import page from '../../shared/page/list-page.module.css';
import styles from './approvals-page.module.css';

const PAGE = 50;
const selectAcceptances = (data: AcceptancesQuery) => data.acceptances;

type Asked = AcceptancesQuery['acceptances']['edges'][number]['node'];

/** What waits for a second person, the longest first: what it is about, who asked and why. */
export function ApprovalsPage({ search }: { search: ApprovalsSearch }) {
  const isPending = search.show === 'pending';
  const pages = usePages(AcceptancesDocument, { first: PAGE, pending: isPending }, selectAcceptances);
  const { nodes, data, error, isLoading, reload, asOf, totalCount } = pages;
  const answer = isPending
    ? approvalsAnswer(totalCount, nodes.filter(({ canDecide }) => canDecide).length)
    : 'What was decided on closing without correction';
  return (
    <div className={page['page']}>
      <PageHeader name="Approvals" asOf={asOf} answer={data ? answer : 'Approvals'} />
      <SectionTabs label="Approvals" chosen={search.show} tabs={approvalTabs()} />
      <div className={`${page['detail']} ${styles['page']}`}>
        {isLoading && <Loading label="approvals" rows={6} />}
        {error && !data && <Failed what="approvals" error={error} onRetry={reload} />}
        {data && nodes.length === 0 && (
          <Empty title={isPending ? 'Nothing waits for approval' : 'Nothing was decided yet'}>
            Closing an exception without correction needs a second person when much money hangs on it.
          </Empty>
        )}
        {nodes.map((asked) => (
          <Request key={asked.id} asked={asked} onDone={reload} />
        ))}
        {nodes.length > 0 && <MoreRows pages={pages} shown={nodes.length} noun="requests" />}
      </div>
    </div>
  );
}

function Request({ asked, onDone }: { asked: Asked; onDone: () => void }) {
  const { tone, word } = acceptanceState(asked.state);
  const { exception } = asked;
  return (
    <Panel title={asked.title} aside={<Status tone={tone}>{word}</Status>}>
      <div className={styles['request']}>
        <p>Closed without correction, it posts nothing and writes nothing off. {whyAsked(asked)}</p>
        <Facts
          facts={[
            {
              name: 'Document',
              value: exception ? (
                <AppLink href={exceptionHref(exception.id)}>
                  {plainWords(exception.businessObject.type)} {exception.businessObject.key}
                </AppLink>
              ) : (
                '–'
              ),
            },
            { name: 'Customer', value: exception?.counterparty ?? '–' },
            { name: 'Legal entity', value: exception?.legalEntity ?? '–' },
            { name: 'Money at risk', value: asked.moneyAtRisk ? formatMoney(asked.moneyAtRisk) : 'none' },
            { name: 'Reason', value: asked.reason.title },
            {
              name: 'Asked for by',
              value: `${asked.makerName}, ${dateTime(asked.requestedAt)}`,
              title: exactInstant(asked.requestedAt),
            },
          ]}
        />
        <p className={styles['comment']}>{asked.comment}</p>
        {asked.deciderName !== null && asked.decidedAt !== null && (
          <p className="muted">
            {word} by {asked.deciderName}, {dateTime(asked.decidedAt)}
            {asked.decisionReason ? `: ${asked.decisionReason}` : ''}
          </p>
        )}
        <div className={styles['acts']}>
          <AcceptanceActs acceptance={asked} onDone={onDone} />
        </div>
      </div>
    </Panel>
  );
}
