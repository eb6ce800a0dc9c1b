import { Checkbox, Select } from '@mantine/core';
import { count } from '../../shared/format/words.js';

const DAY = 86_400_000;

export type MapAgainScope = { onlyUnmapped: boolean; days: string; from?: string };

type MapAgainChoicesProps = { scope: MapAgainScope; unmapped: number; onScope: (scope: MapAgainScope) => void };

/** Which signals of the mapping are read once more. */
export function MapAgainChoices({ scope, unmapped, onScope }: MapAgainChoicesProps) {
  const choose = (days: string | null) => {
    if (days === null || days === 'all') onScope({ onlyUnmapped: scope.onlyUnmapped, days: 'all' });
    else onScope({ ...scope, days, from: new Date(Date.now() - Number(days) * DAY).toISOString() });
  };
  return (
    <>
      <Checkbox
        label={`Only those that cannot be read (${count(unmapped, 'signal')})`}
        checked={scope.onlyUnmapped}
        onChange={(event) => onScope({ ...scope, onlyUnmapped: event.currentTarget.checked })}
      />
      <Select
        label="Received"
        allowDeselect={false}
        value={scope.days}
        onChange={choose}
        data={[
          { value: '1', label: 'In the last day' },
          { value: '7', label: 'In the last 7 days' },
          { value: '30', label: 'In the last 30 days' },
          { value: 'all', label: 'At any time' },
        ]}
      />
    </>
  );
}
