import { dateTime, exactInstant } from '../format/time.js';
import { plainWords, systemName, titleWords } from '../format/words.js';
import { AppLink } from '../navigation.js';
import { MoneyText } from '../page/money-text.js';
import { Status } from '../status/status.js';
import { objectHref } from '../url.js';
import type { SignalActivity } from './signal-documents.js';
import { mappingWords } from './signal-words.js';
import styles from './signals.module.css';

type ActivityObject = SignalActivity['objects'][number];

const keyOf = (object: ActivityObject | undefined) => object?.keys[0]?.value ?? '–';

/** The activities that a signal became, with their objects, amounts and links. */
export function ActivityView({ activities }: { activities: readonly SignalActivity[] }) {
  return (
    <ol className={styles['activities']}>
      {activities.map((activity) => {
        const isFailed = activity.outcome.toLowerCase() === 'failure';
        return (
          <li key={activity.id} className={styles['activity']}>
            <div className={styles['activityHead']}>
              {isFailed ? <Status tone="critical">Failed</Status> : <Status tone="good">Done</Status>}
              <strong>{titleWords(activity.type)}</strong>
              <time className="muted" title={exactInstant(activity.occurredAt)}>
                {dateTime(activity.occurredAt, undefined, true)}
              </time>
              <span className="muted">
                {[systemName(activity.system), activity.integration].filter((word) => word !== '').join(' · ')}
              </span>
            </div>
            {activity.problem && (
              <p className={styles['problem']}>
                {activity.problem.message}{' '}
                <span className="muted">
                  {plainWords(activity.problem.taxonomy.split('.').at(-1) ?? activity.problem.taxonomy)}
                  {activity.problem.field && (
                    <>
                      {' '}
                      at <code className="mono">{activity.problem.field}</code>
                    </>
                  )}
                </span>
              </p>
            )}
            <ul className={styles['objects']}>
              {activity.objects.map((object, index) => (
                <ObjectRow key={index} object={object} />
              ))}
            </ul>
            {activity.links.length > 0 && (
              <ul className={styles['links']}>
                {activity.links.map((link, index) => (
                  <li key={index}>
                    <span className="mono">{keyOf(activity.objects[link.to])}</span> {plainWords(link.qualifier)}{' '}
                    <span className="mono">{keyOf(activity.objects[link.from])}</span>
                    {link.amount && (
                      <>
                        {' '}
                        with <MoneyText money={link.amount} />
                      </>
                    )}
                  </li>
                ))}
              </ul>
            )}
            <p className={styles['by']}>Made by {mappingWords(activity.mapping)}.</p>
          </li>
        );
      })}
    </ol>
  );
}

function ObjectRow({ object }: { object: ActivityObject }) {
  const [first, ...others] = object.keys;
  const name = <span className="mono">{first?.value ?? '–'}</span>;
  const who = [object.counterparty, object.legalEntity].filter(Boolean).join(', ');
  return (
    <li>
      <span className="muted">
        {plainWords(object.type)}
        {object.qualifier !== '' &&
          object.qualifier !== 'subject' &&
          object.qualifier !== object.type &&
          ` as ${plainWords(object.qualifier)}`}
      </span>
      <span className={styles['key']} title={first ? `${first.kind} in ${first.system || 'no system'}` : undefined}>
        {object.objectId ? <AppLink href={objectHref(object.objectId)}>{name}</AppLink> : name}
        {others.length > 0 && (
          <span className="muted" title={others.map((key) => `${key.kind} ${key.value}`).join(', ')}>
            {' '}
            also {others.map((key) => key.value).join(', ')}
          </span>
        )}
        {who !== '' && <span className="muted"> · {who}</span>}
      </span>
      {object.amount ? <MoneyText money={object.amount} direction={object.direction} /> : <span />}
    </li>
  );
}

/** Every text that the activities took over from the signal: keys, amounts, names. */
export function textsOf(activities: readonly SignalActivity[]): ReadonlySet<string> {
  const texts = activities.flatMap(({ objects, links }) => [
    ...objects.flatMap((object) => [
      ...object.keys.map((key) => key.value),
      object.counterparty,
      object.legalEntity,
      object.amount?.amount,
    ]),
    ...links.map((link) => link.amount?.amount),
  ]);
  return new Set(texts.filter((text): text is string => typeof text === 'string' && text !== ''));
}
