import { useMemo, useRef } from 'react';
import { attributeWords } from '../../shared/findings/finding-words.js';
import { calendarDay } from '../../shared/format/time.js';
import { count, systemName } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { useKeys } from '../../shared/keyboard/keyboard.js';
import { AppLink, useNavigation } from '../../shared/navigation.js';
import { Panel } from '../../shared/page/panel.js';
import { ScrollRegion } from '../../shared/page/scroll-region.js';
import { Failed, Loading } from '../../shared/states/states.js';
import { objectHref, type ObjectSearch } from '../../shared/url.js';
import { AttributeHistory } from './attribute-history.js';
import { ObjectAttributesDocument, type ObjectAttribute } from './object-documents.js';
import { OriginText } from './origin-text.js';
import page from '../../shared/page/list-page.module.css';
import styles from './object-page.module.css';

type AttributesPanelProps = { id: string; search: ObjectSearch };

/** What is known of it, as of today or of a day, and how that came to be. */
export function AttributesPanel({ id, search }: AttributesPanelProps) {
  const { go } = useNavigation();
  const day = useRef<HTMLInputElement>(null);
  const other = search.show === 'now' ? 'history' : 'now';
  useKeys(
    useMemo(
      () => [
        { keys: 'd', label: 'Attributes as of a day', group: 'Object', run: () => day.current?.focus() },
        {
          keys: 'h',
          label: other === 'history' ? 'History of the attributes' : 'Attributes as they are',
          group: 'Object',
          run: () => go(objectHref(id, { ...search, show: other })),
        },
      ],
      [go, id, other, search],
    ),
  );
  return (
    <Panel
      title={search.show === 'history' ? 'History of its attributes' : 'Attributes'}
      aside={
        <AppLink replace href={objectHref(id, { ...search, show: other })} title="h">
          {other === 'history' ? 'Show the history' : 'Show the values'}
        </AppLink>
      }
    >
      {search.show === 'history' ? (
        <AttributeHistory id={id} />
      ) : (
        <>
          <div className={styles['asOf']}>
            <label>
              As of{' '}
              <input
                ref={day}
                type="date"
                title="d"
                value={search.on ?? ''}
                onChange={({ target }) => go(objectHref(id, { ...search, on: target.value || undefined }))}
              />
            </label>
            {search.on && (
              <span className={styles['views']} role="group" aria-label="As of that day">
                {(['was', 'known'] as const).map((view) => (
                  <AppLink
                    key={view}
                    replace
                    href={objectHref(id, { ...search, view })}
                    aria-current={search.view === view ? 'true' : undefined}
                  >
                    {view === 'was' ? 'as it was' : 'as it was known'}
                  </AppLink>
                ))}
                <AppLink replace href={objectHref(id, { ...search, on: undefined })}>
                  today
                </AppLink>
              </span>
            )}
          </div>
          <Values id={id} on={search.on} view={search.view} />
        </>
      )}
    </Panel>
  );
}

function Values({ id, on, view }: { id: string; on: string | undefined; view: ObjectSearch['view'] }) {
  const variables = useMemo(() => {
    if (on === undefined) return { id };
    // The day ends where the person who asks is; days of receipt are days in UTC.
    return view === 'known' ? { id, knownOn: on } : { id, asOf: new Date(`${on}T23:59:59.999`).toISOString() };
  }, [id, on, view]);
  const { data, error, isLoading, reload } = useLoad(ObjectAttributesDocument, variables);
  if (isLoading) return <Loading label="attributes" rows={4} />;
  if (error && !data) return <Failed what="attributes" error={error} onRetry={reload} />;
  const attributes = data?.businessObject?.attributes ?? [];
  if (attributes.length === 0) {
    return (
      <p className="muted">
        {on === undefined
          ? 'No system has stated any attribute of it.'
          : `No attribute of it was ${view === 'known' ? 'known' : 'stated'} on ${calendarDay(on)} ${on.slice(0, 4)}.`}
      </p>
    );
  }
  return <AttributeTable attributes={attributes} />;
}

function AttributeTable({ attributes }: { attributes: readonly ObjectAttribute[] }) {
  return (
    <ScrollRegion label="Attributes" className={styles['tall']}>
      <table className={page['plain']} aria-label="Attributes">
        <thead>
          <tr>
            <th scope="col">Attribute</th>
            <th scope="col">Value</th>
            <th scope="col">Stated by</th>
            <th scope="col">Owned by</th>
          </tr>
        </thead>
        <tbody>
          {attributes.map(({ name, value, statedBy, systemOfRecord }) => (
            <tr key={name}>
              <td title={name}>{attributeWords(name)}</td>
              <td className={page['anywhere']}>{value}</td>
              <td>
                <OriginText origin={statedBy} />
              </td>
              <td className="muted">
                {systemOfRecord ? (
                  <span
                    title={`${systemOfRecord.group}: ${systemOfRecord.owners.map(systemName).join(', ')}; ${count(systemOfRecord.owners.length, 'kind')} of system`}
                  >
                    {systemOfRecord.steward}
                  </span>
                ) : (
                  '–'
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
