import { useMemo, useState } from 'react';
import type { ExceptionActivityQuery } from '../../gql/graphql.js';
import { dateTime, exactInstant } from '../../shared/format/time.js';
import { count, countNumber, initials } from '../../shared/format/words.js';
import { usePages } from '../../shared/graphql/use-pages.js';
import { AppLink, useNavigation } from '../../shared/navigation.js';
import { FilterBar } from '../../shared/page/filter-bar.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { Empty } from '../../shared/states/states.js';
import { StatusShape } from '../../shared/status/status.js';
import type { DataColumn } from '../../shared/table/data-table.js';
import { PagedTable } from '../../shared/table/paged-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { toggled } from '../../shared/toggled.js';
import { ACTIVITY_WINDOWS, activityHref, type ActivitySearch } from '../../shared/url-people.js';
import { exceptionHref } from '../../shared/url.js';
import { useViewer } from '../../shared/viewer/viewer.js';
import { timelineEntry } from '../exceptions/timeline-words.js';
import { ExceptionActivityDocument, type Activity } from './activity-documents.js';
import { activityFilter, KIND_NAMES, WINDOW_NAMES } from './activity-filter.js';
import page from '../../shared/page/list-page.module.css';
import styles from './activity.module.css';

const PAGE = 100;
/** People who are offered by name; others are reached through what they did. */
const MOST_PEOPLE = 12;
const rowId = (row: Activity) => row.id;
const selectActivity = (data: ExceptionActivityQuery) => data.exceptionActivity;

/** Who did what with which exception, people and the system alike, the latest first. */
export function ActivityPage({ search }: { search: ActivitySearch }) {
  const { go } = useNavigation();
  const viewer = useViewer();
  // as of when the page was opened: a window that moves would ask again and again
  const [openedAt] = useState(() => new Date());
  const filter = useMemo(() => activityFilter(search, viewer.id, openedAt), [openedAt, search, viewer.id]);
  const pages = usePages(ExceptionActivityDocument, { first: PAGE, filter }, selectActivity, { keepPrevious: true });
  const { nodes, data, asOf, totalCount, isEstimate } = pages;
  const ids = useMemo(() => nodes.map(rowId), [nodes]);
  const open = (id: string) => {
    const exception = nodes.find((row) => row.id === id)?.exception;
    if (exception) go(exceptionHref(exception.id));
  };
  const cursor = useListCursor({ ids, noun: 'step', onOpen: open });
  const person = viewer.people.find(({ id }) => id === (search.person === 'me' ? viewer.id : search.person));
  return (
    <div className={page['page']}>
      <PageHeader
        name="Activity"
        asOf={asOf}
        answer={data ? answerOf(totalCount, isEstimate, person?.displayName) : 'Activity'}
      />
      <Filters search={search} />
      <div className={page['table']}>
        <PagedTable
          pages={pages}
          label="Activity"
          noun="steps"
          columns={COLUMNS}
          rowId={rowId}
          cursor={cursor}
          onOpen={open}
          empty={
            <Empty
              title="Nobody did anything that these filters show"
              action={<AppLink href={activityHref({ since: 'all' })}>See all there ever was</AppLink>}
            >
              Every step of every exception is kept, by people and by the system.
            </Empty>
          }
        />
      </div>
    </div>
  );
}

function answerOf(total: number, isEstimate: boolean, who: string | undefined): string {
  const steps = isEstimate ? `About ${countNumber(total)} steps` : count(total, 'step');
  return `${steps} ${who ? `by ${who}` : 'by people and by the system'}, the latest first`;
}

const COLUMNS: readonly DataColumn<Activity>[] = [
  {
    id: 'when',
    header: 'When',
    width: 170,
    cell: ({ at }) => (
      <time dateTime={at} title={exactInstant(at)}>
        {dateTime(at, undefined, true)}
      </time>
    ),
  },
  {
    id: 'who',
    header: 'Who',
    width: 200,
    cell: ({ actorName, isAutomation }) => (
      <span className={styles['who']}>
        <span className={styles['sign']} aria-hidden="true" data-automation={isAutomation || undefined}>
          {isAutomation ? '⚙' : initials(actorName)}
        </span>
        {actorName}
        {isAutomation && <span className="visually-hidden"> (by itself)</span>}
      </span>
    ),
  },
  {
    id: 'what',
    header: 'What',
    cell: ({ kind, details }) => {
      const { tone, words, text } = timelineEntry(kind, details);
      return (
        <span title={text === undefined ? words : `${words}: ${text}`}>
          <StatusShape tone={tone} /> {words}
          {text !== undefined && <span className="muted"> {text}</span>}
        </span>
      );
    },
  },
  {
    id: 'exception',
    header: 'Exception',
    cell: ({ exception }) =>
      exception ? (
        <AppLink href={exceptionHref(exception.id)} title={exception.title}>
          {exception.title}
        </AppLink>
      ) : (
        '–'
      ),
  },
];

function Filters({ search }: { search: ActivitySearch }) {
  const viewer = useViewer();
  const isTimed = search.from !== undefined || search.to !== undefined;
  const people = [
    { id: 'me', name: 'Me' },
    ...viewer.people
      .filter(({ id }) => id !== viewer.id)
      .filter(({ id }, index) => index < MOST_PEOPLE || id === search.person)
      .map(({ id, displayName }) => ({ id, name: displayName })),
  ];
  const isNarrowed = Boolean(search.by ?? search.person ?? search.queue ?? search.group) || search.kind.length > 0;
  return (
    <FilterBar
      clearHref={isNarrowed || isTimed ? activityHref() : undefined}
      groups={[
        {
          name: 'By',
          choices: (['people', 'automation'] as const).map((by) => ({
            id: by,
            name: by === 'people' ? 'People' : 'The system',
            isChosen: search.by === by,
            href: activityHref({ ...search, by: search.by === by ? undefined : by, person: undefined }),
          })),
        },
        {
          name: 'Person',
          choices: people.map(({ id, name }) => ({
            id,
            name,
            isChosen: search.person === id,
            href: activityHref({ ...search, person: search.person === id ? undefined : id, by: undefined }),
          })),
        },
        {
          name: 'Step',
          choices: KIND_NAMES.map(({ id, name }) => ({
            id,
            name,
            isChosen: search.kind.includes(id),
            href: activityHref({ ...search, kind: toggled(search.kind, id) }),
          })),
        },
        {
          name: 'Within',
          isSingle: true,
          choices: ACTIVITY_WINDOWS.map((since) => ({
            id: since,
            name: WINDOW_NAMES[since],
            isChosen: !isTimed && search.since === since,
            href: activityHref({ ...search, since, from: undefined, to: undefined }),
          })),
        },
      ]}
    />
  );
}
