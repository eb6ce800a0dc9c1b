import { Fragment, useMemo, useState } from 'react';
import { age, dateTime, exactInstant } from '../../shared/format/time.js';
import { count, countAtLeast, plainWords } from '../../shared/format/words.js';
import { useAct } from '../../shared/graphql/use-act.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { useKeys, type KeyBinding } from '../../shared/keyboard/keyboard.js';
import { AppLink } from '../../shared/navigation.js';
import { DetailHead } from '../../shared/page/detail-head.js';
import { Problem } from '../../shared/page/form-dialog.js';
import { Facts, Panel } from '../../shared/page/panel.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import { tell } from '../../shared/tell.js';
import { exceptionsHref } from '../../shared/url.js';
import { groupsHref } from '../../shared/url-groups.js';
import { useNow } from '../../shared/use-now.js';
import { useCan } from '../../shared/viewer/viewer.js';
import { GroupFixesPanel } from '../exceptions/fixes/fixes-panel.js';
import { GroupStanding } from '../../shared/status/group-standing.js';
import { ChangeGroupDialog, MergeGroupDialog, SnoozeGroupDialog, SplitGroupDialog } from './group-dialogs.js';
import { GroupPeople } from './group-people.js';
import { SPLIT_NAMES, type SplitName } from './group-words.js';
import {
  ChangeGroupDocument,
  ExceptionGroupDocument,
  UnmergeGroupDocument,
  type Group,
  type GroupRow,
} from './groups-documents.js';
import page from '../../shared/page/list-page.module.css';
import styles from './groups.module.css';

type DetailProps = { id: string; others: readonly GroupRow[]; onClose: () => void; onChanged: () => void };

/** One group: what its members have in common, and what people know and decided of it. */
export function GroupDetail({ id, others, onClose, onChanged }: DetailProps) {
  const load = useLoad(ExceptionGroupDocument, { id });
  const changed = () => {
    load.reload();
    onChanged();
  };
  if (load.isLoading) return <Loading label="group" rows={6} />;
  if (load.error && !load.data) return <Failed what="group" error={load.error} onRetry={load.reload} />;
  const group = load.data?.exceptionGroup;
  if (!group) {
    return (
      <div className={page['detail']}>
        <DetailHead topline={null} title="This group does not exist" onClose={onClose} />
        <Empty title="It may belong to another tenant">An exception's page leads to the group that it is in.</Empty>
      </div>
    );
  }
  return <WholeGroup group={group} others={others} onClose={onClose} onChanged={changed} />;
}

type Dialog = 'change' | 'snooze' | 'merge' | 'split';

function WholeGroup({ group, others, onClose, onChanged }: Omit<DetailProps, 'id'> & { group: Group }) {
  const now = useNow();
  const can = useCan();
  const [dialog, setDialog] = useState<Dialog>();
  const wake = useAct(ChangeGroupDocument);
  const takeOut = useAct(UnmergeGroupDocument);
  const isSnoozed = group.snoozedUntil !== null && new Date(group.snoozedUntil) > now;
  const keys = useMemo<KeyBinding[]>(() => {
    const bind = (key: string, label: string, name: Dialog) => ({
      keys: key,
      label,
      group: 'Group',
      run: () => setDialog(name),
    });
    return [
      bind('n', 'Note, owner and mark', 'change'),
      // of one that is snoozed already the button ends that, and the key does nothing by accident
      ...(isSnoozed ? [] : [bind('s', 'Snooze', 'snooze')]),
    ];
  }, [isSnoozed]);
  useKeys(keys, can('exception.work') && dialog === undefined);
  const button = {
    needs: 'exception.work',
    what: 'Working on groups',
    size: 'compact-sm',
    variant: 'default',
  } as const;
  const done = (said: string) => {
    setDialog(undefined);
    tell(said);
    onChanged();
  };
  const endSnooze = async () => {
    const change = { snoozedUntil: null };
    if (await wake.run({ id: group.id, version: group.version, change })) done('The group is no longer snoozed');
  };
  const unmerge = async () => {
    const answer = await takeOut.run({ id: group.id, version: group.version });
    if (answer) done(`The group stands for itself again, with ${count(answer.moved, 'exception')}`);
  };
  const dialogProps = { group, onClose: () => setDialog(undefined), onDone: done };
  const problem = wake.problem ?? takeOut.problem;
  return (
    <article className={page['detail']} aria-label={group.title}>
      <DetailHead
        topline={
          <>
            <span className="muted">{group.problem.title}</span>
            <GroupStanding group={group} now={now} />
          </>
        }
        title={group.title}
        onClose={onClose}
      />
      <div className={page['acts']}>
        <PermittedButton {...button} keys="n" onClick={() => setDialog('change')}>
          Note, owner, mark
        </PermittedButton>
        {isSnoozed ? (
          <PermittedButton {...button} loading={wake.isRunning} onClick={() => void endSnooze()}>
            End the snooze
          </PermittedButton>
        ) : (
          <PermittedButton {...button} keys="s" onClick={() => setDialog('snooze')}>
            Snooze
          </PermittedButton>
        )}
        {group.mergedInto === null ? (
          <>
            <PermittedButton {...button} onClick={() => setDialog('merge')}>
              Make part of another
            </PermittedButton>
            <PermittedButton {...button} onClick={() => setDialog('split')}>
              Split
            </PermittedButton>
          </>
        ) : (
          <PermittedButton {...button} loading={takeOut.isRunning} onClick={() => void unmerge()}>
            Take out
          </PermittedButton>
        )}
      </div>
      {problem && <Problem problem={problem} />}
      <Facts
        facts={[
          {
            name: 'Open',
            value: (
              <AppLink href={exceptionsHref({ group: group.id, snoozed: 'with' })}>
                {count(group.openCount, 'exception')}
              </AppLink>
            ),
          },
          {
            name: 'In all',
            value: (
              <AppLink href={exceptionsHref({ group: group.id, view: 'all' })}>
                {countAtLeast(group.memberCount, group.memberCountIsLowerBound, 'exception')}
              </AppLink>
            ),
          },
          { name: 'Step', value: plainWords(group.hop.replace('/', ': ')), title: group.hop },
          { name: 'Owner', value: group.owner?.displayName ?? 'nobody' },
          ...(group.lastOccurredAt === null
            ? []
            : [
                {
                  name: 'Last occurred',
                  value: `${age(group.lastOccurredAt, now)} ago`,
                  title: exactInstant(group.lastOccurredAt),
                },
              ]),
        ]}
      />
      <Belonging group={group} />
      <Panel title="What is known">
        {group.note === '' ? (
          <p className="muted">
            Nobody has written anything. A note stays with the group when its problem comes again.
          </p>
        ) : (
          <p className={styles['note']}>{group.note}</p>
        )}
        {isSnoozed && (
          <p className="muted">
            Snoozed until {dateTime(group.snoozedUntil ?? '')}: {group.snoozeReason}
          </p>
        )}
        {group.changedAt !== null && (
          <p className="muted">
            {group.changedByName}, {age(group.changedAt, now)} ago
          </p>
        )}
      </Panel>
      <GroupFixesPanel groupId={group.id} />
      <GroupPeople id={group.id} />
      {dialog === 'change' && <ChangeGroupDialog {...dialogProps} />}
      {dialog === 'snooze' && <SnoozeGroupDialog {...dialogProps} now={now} />}
      {dialog === 'merge' && <MergeGroupDialog {...dialogProps} others={others.filter(({ id }) => id !== group.id)} />}
      {dialog === 'split' && <SplitGroupDialog {...dialogProps} />}
    </article>
  );
}

/** What the group is a part of, what was made part of it, or what it has been split into. */
function Belonging({ group: { mergedInto, mergedParts, wholeGroup, splitBy } }: { group: Group }) {
  const splits = splitBy.map((name) => SPLIT_NAMES[name as SplitName].toLowerCase());
  return (
    <>
      {mergedInto !== null && (
        <p>
          Part of <AppLink href={groupsHref({ open: mergedInto.id })}>{mergedInto.title}</AppLink>: its exceptions are
          there.
        </p>
      )}
      {mergedParts.length > 0 && (
        <p>
          With the exceptions of{' '}
          {mergedParts.map(({ id, title }, index) => (
            <Fragment key={id}>
              {index > 0 && '; '}
              <AppLink href={groupsHref({ open: id })}>{title}</AppLink>
            </Fragment>
          ))}
          , {mergedParts.length === 1 ? 'which is' : 'which are'} part of it.
        </p>
      )}
      {wholeGroup !== null && (
        <p>
          A part of <AppLink href={groupsHref({ open: wholeGroup.id })}>{wholeGroup.title}</AppLink>, which is split.
        </p>
      )}
      {splits.length > 0 && <p>Split by {splits.join(' and ')}: its exceptions are in its parts.</p>}
    </>
  );
}
