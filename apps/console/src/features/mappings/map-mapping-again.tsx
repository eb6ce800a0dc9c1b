import { useState } from 'react';
import { MapAgainChoices, selectionOf, type MapAgainScope } from '../../shared/remapping/map-again-choices.js';
import { MapAgainDialog } from '../../shared/remapping/map-again-dialog.js';
import type { MappingFull } from './mapping-documents.js';

/** Has the signals of a mapping read once more by the version in force. */
export function MapMappingAgain(props: { mapping: MappingFull; onClose: () => void; onOver: () => void }) {
  const { mapping } = props;
  const [scope, setScope] = useState<MapAgainScope>({ onlyUnmapped: mapping.signalsUnmapped > 0, days: 'all' });
  return (
    <MapAgainDialog
      selection={{ mapping: mapping.name, ...selectionOf(scope) }}
      what={`Signals of ${mapping.title} are read once more by version ${mapping.activeVersion}, the one in force.`}
      choices={
        <MapAgainChoices
          scope={scope}
          unmapped={mapping.signalsUnmapped}
          versions={versionsOf(mapping)}
          onScope={setScope}
        />
      }
      onClose={props.onClose}
      onOver={props.onOver}
    />
  );
}

/** Every number that a version has had, the latest first. */
function versionsOf({ activeVersion, versions }: MappingFull): number[] {
  const latest = Math.max(activeVersion, ...versions.map(({ version }) => version));
  return Array.from({ length: latest }, (_, before) => latest - before);
}
