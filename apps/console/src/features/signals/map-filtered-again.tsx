import { useState } from 'react';
import { countNumber } from '../../shared/format/words.js';
import { Icon } from '../../shared/icons/icon.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { MapAgainDialog, type MapAgainSelection } from '../../shared/remapping/map-again-dialog.js';
import type { SignalsSearch } from '../../shared/url.js';
import { mapAgainOf } from './map-again-filter.js';

type MapFilteredAgainProps = {
  search: SignalsSearch;
  /** when the list was asked for: where a window such as "last hour" ends */
  asked: Date;
  /** how many the list holds; undefined while nobody knows */
  total: number | undefined;
  onOver: () => void;
};

/** Has what the filters leave read once more. */
export function MapFilteredAgain({ search, asked, total, onOver }: MapFilteredAgainProps) {
  const [selection, setSelection] = useState<MapAgainSelection>();
  const wish = mapAgainOf(search, asked);
  return (
    <>
      <PermittedButton
        needs="mapping.run"
        what="Mapping again"
        size="compact-xs"
        variant="default"
        whyNot={'whyNot' in wish ? wish.whyNot : undefined}
        leftSection={<Icon name="again" size={13} />}
        onClick={() => 'selection' in wish && setSelection(wish.selection)}
      >
        Map these again
      </PermittedButton>
      {selection && (
        <MapAgainDialog
          selection={selection}
          what={`Every signal that the filters leave${total === undefined ? '' : `, now ${countNumber(total)},`} is read once more from what was received, by the mappings that are in force now.`}
          onClose={() => setSelection(undefined)}
          onOver={onOver}
        />
      )}
    </>
  );
}
