import type { RequeuePlanItemsQuery } from '../../gql/graphql.js';
import { formatMoney } from '../../shared/format/money.js';
import { countNumber, cutMiddle, plainWords } from '../../shared/format/words.js';
import { usePages } from '../../shared/graphql/use-pages.js';
import { AppLink } from '../../shared/navigation.js';
import { FilterBar } from '../../shared/page/filter-bar.js';
import { Panel } from '../../shared/page/panel.js';
import { ScrollRegion } from '../../shared/page/scroll-region.js';
import { Empty, Failed, Loading, MoreRows } from '../../shared/states/states.js';
import { Status } from '../../shared/status/status.js';
import { exceptionHref } from '../../shared/url.js';
import { requeuePlanHref } from '../../shared/url-requeue.js';
import { RequeuePlanItemsDocument, type SelectionItem, type SelectionPlan } from './plan-documents.js';
import { leftOutWords } from './plan-words.js';
import page from '../../shared/page/list-page.module.css';

const PAGE = 100;
const GOING = 'GOING';

const selectItems = (data: RequeuePlanItemsQuery) => data.requeuePlanItems;

type PlanItemsProps = { id: string; plan: SelectionPlan; show: string | undefined };

/** The items in the order in which they go out; every count leads to those that it counts. */
export function PlanItems({ id, plan, show }: PlanItemsProps) {
  const pages = usePages(
    RequeuePlanItemsDocument,
    { id, show: show === GOING ? GOING : null, code: show === undefined || show === GOING ? null : show, first: PAGE },
    selectItems,
  );
  const { nodes, data, error, isLoading, reload } = pages;
  const choice = (of: string | undefined, name: string) => ({
    id: of ?? 'all',
    name,
    isChosen: of === show,
    href: requeuePlanHref(id, { show: of }),
  });
  const reasons = [...new Set(plan.leftOutBy.map(({ code }) => code))];
  const numberOf = (code: string) =>
    plan.leftOutBy.reduce((sum, one) => (one.code === code ? sum + one.count : sum), 0);
  const going = plan.items - plan.leftOutBy.reduce((sum, one) => sum + one.count, 0);
  return (
    <Panel title="Each of them" aside="the most urgent first" isFlush>
      <FilterBar
        groups={[
          {
            name: 'Show',
            choices: [
              choice(undefined, `All ${countNumber(plan.items)}`),
              choice(GOING, `Go ${countNumber(going)}`),
              ...reasons.map((code) => choice(code, `${leftOutWords(code)} ${countNumber(numberOf(code))}`)),
            ],
          },
        ]}
        clearHref={undefined}
      />
      {isLoading && <Loading label="items" rows={8} />}
      {error && !data && <Failed what="items" error={error} onRetry={reload} />}
      {data && nodes.length === 0 && <Empty title="None of them" />}
      {nodes.length > 0 && (
        <ScrollRegion label="Items of the plan" className={page['scroll']}>
          <table className={page['plain']}>
            <thead>
              <tr>
                <th scope="col">Document</th>
                <th scope="col">Entity</th>
                <th scope="col">Goes to</th>
                <th scope="col">Money at risk</th>
                <th scope="col">What becomes of it</th>
              </tr>
            </thead>
            <tbody>
              {nodes.map((item) => (
                <Row key={item.position} item={item} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      {data && <MoreRows pages={pages} shown={nodes.length} noun="items" />}
    </Panel>
  );
}

function Row({ item }: { item: SelectionItem }) {
  const { exception, objectKey, code, reason, hasFallenOut, after } = item;
  const behind = after.length === 0 ? 'Goes' : `Goes, behind ${countNumber(after.length)} before it`;
  return (
    <tr>
      <td>
        {objectKey === null ? (
          <span className="muted">not kept any more</span>
        ) : (
          <AppLink href={exceptionHref(item.exceptionId)}>
            {plainWords(exception?.businessObject.type ?? '')} {cutMiddle(objectKey)}
          </AppLink>
        )}
      </td>
      <td>{exception?.legalEntity ?? '–'}</td>
      <td className="mono">{item.integration ?? '–'}</td>
      <td>{exception?.moneyAtRisk ? formatMoney(exception.moneyAtRisk) : 'none'}</td>
      <td>
        <Status tone={code === null ? 'good' : hasFallenOut ? 'warning' : 'unknown'}>
          {code === null ? behind : `${hasFallenOut ? 'Fell out' : 'Left out'}: ${reason ?? leftOutWords(code)}`}
        </Status>
      </td>
    </tr>
  );
}
