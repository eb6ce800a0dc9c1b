import { Checkbox, Select } from '@mantine/core';
import { count } from '../format/words.js';
import type { MapAgainSelection } from './map-again-dialog.js';

const DAY = 86_400_000;
const ANY = 'any';

export type MapAgainScope = { onlyUnmapped: boolean; days: string; from?: string; version?: number };

type MapAgainChoicesProps = {
  scope: MapAgainScope;
  /** how many cannot be read; undefined where nobody knows */
  unmapped?: number;
  /** whether some of them may be unreadable at all */
  canBeUnmapped?: boolean;
  /** of the mapping, the latest first; none = it is not asked */
  versions?: readonly number[];
  onScope: (scope: MapAgainScope) => void;
};

/** What of the choices narrows the selection. */
export function selectionOf({ onlyUnmapped, days, from, version }: MapAgainScope): MapAgainSelection {
  return {
    onlyUnmapped,
    ...(days !== 'all' && from !== undefined && { receivedFrom: from }),
    ...(version !== undefined && { mappingVersion: version }),
  };
}

/** The scope of so many days up to now. */
export function withDays(scope: MapAgainScope, days: string | null): MapAgainScope {
  const { from: _from, ...rest } = scope;
  if (days === null || days === 'all') return { ...rest, days: 'all' };
  return { ...rest, days, from: new Date(Date.now() - Number(days) * DAY).toISOString() };
}

/** Which signals are read once more. */
export function MapAgainChoices({
  scope,
  unmapped,
  canBeUnmapped = true,
  versions = [],
  onScope,
}: MapAgainChoicesProps) {
  const { version: chosen, ...anyVersion } = scope;
  return (
    <>
      {canBeUnmapped && (
        <Checkbox
          label={
            unmapped === undefined
              ? 'Only those that cannot be read'
              : `Only those that cannot be read (${count(unmapped, 'signal')})`
          }
          checked={scope.onlyUnmapped}
          onChange={(event) => onScope({ ...scope, onlyUnmapped: event.currentTarget.checked })}
        />
      )}
      <Select
        label="Received"
        allowDeselect={false}
        value={scope.days}
        onChange={(days) => onScope(withDays(scope, days))}
        data={[
          { value: '1', label: 'In the last day' },
          { value: '7', label: 'In the last 7 days' },
          { value: '30', label: 'In the last 30 days' },
          { value: 'all', label: 'At any time' },
        ]}
      />
      {versions.length > 1 && (
        <Select
          label="Read so far by"
          allowDeselect={false}
          searchable={versions.length > 8}
          value={chosen === undefined ? ANY : String(chosen)}
          onChange={(value) =>
            onScope(value === null || value === ANY ? anyVersion : { ...scope, version: Number(value) })
          }
          data={[
            { value: ANY, label: 'Any version' },
            ...versions.map((version) => ({ value: String(version), label: `Version ${version}` })),
          ]}
        />
      )}
    </>
  );
}
