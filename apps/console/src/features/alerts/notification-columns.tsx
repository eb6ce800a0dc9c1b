import type { NotificationsQuery } from '../../gql/graphql.js';
import { dateTime, exactInstant } from '../../shared/format/time.js';
import { count, titleWords } from '../../shared/format/words.js';
import { Status, type Tone } from '../../shared/status/status.js';
import type { DataColumn } from '../../shared/table/data-table.js';
import { parseSlackText } from './parse-slack-text.js';

export type NotificationRow = NotificationsQuery['notifications']['edges'][number]['node'];

const STATES: Readonly<Record<string, { tone: Tone; word: string }>> = {
  delivered: { tone: 'good', word: 'Delivered' },
  pending: { tone: 'waiting', word: 'Waits for delivery' },
  failed: { tone: 'critical', word: 'Failed' },
};

export function notificationState(state: string): { tone: Tone; word: string } {
  return STATES[state.toLowerCase()] ?? { tone: 'unknown', word: titleWords(state) };
}

function isPending(row: { state: string }): boolean {
  return row.state.toLowerCase() === 'pending';
}

/** "12 notifications delivered; 1 waits for its channel." */
export function alertsAnswer(rows: readonly { state: string }[], total: number): string {
  if (total === 0) return 'No alert had to be sent.';
  const pending = rows.filter(isPending).length;
  if (pending === 0) return `${count(total, 'notification')} delivered, none is waiting.`;
  return `${count(total - pending, 'notification')} delivered; ${count(pending, 'waits', 'wait')} for the channel and will be sent until it takes them.`;
}

export function notificationColumns(): DataColumn<NotificationRow>[] {
  return [
    {
      id: 'at',
      header: 'When',
      width: 150,
      cell: (row) => (
        <time dateTime={row.createdAt} title={exactInstant(row.createdAt)}>
          {dateTime(row.createdAt)}
        </time>
      ),
    },
    {
      id: 'text',
      header: 'What was said',
      cell: (row) => parseSlackText(row.text.replaceAll('\n', ' · ')).map((part) => part.text),
    },
    { id: 'policy', header: 'Policy', width: 196, hideBelow: 1300, cell: (row) => row.policyName },
    { id: 'channel', header: 'Channel', width: 184, hideBelow: 900, cell: (row) => row.channelName },
    { id: 'attempts', header: 'Attempts', width: 86, align: 'end', hideBelow: 760, cell: (row) => row.attempts },
    {
      id: 'state',
      header: 'State',
      width: 160,
      cell: (row) => {
        const { tone, word } = notificationState(row.state);
        return <Status tone={tone}>{word}</Status>;
      },
    },
  ];
}
