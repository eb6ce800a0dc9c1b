import type { MapAgainSelection } from '../../shared/remapping/map-again-dialog.js';
import type { SignalsSearch } from '../../shared/url.js';
import { filterOf, isNarrowed } from './signals-documents.js';

/** What the filters of the list name to be mapped again, or why that cannot be done. */
export function mapAgainOf(search: SignalsSearch, now: Date): { selection: MapAgainSelection } | { whyNot: string } {
  if (!isNarrowed(search)) return { whyNot: 'Narrow the list first: to map everything again is a rebuild.' };
  const { states, kinds, types, sourceSystems = [], fileId, mapping, receivedFrom, receivedTo } = filterOf(search, now);
  const isUnmapped = states?.length === 1 && states[0] === 'UNMAPPED';
  if (states && !isUnmapped) return { whyNot: 'Of the states, “cannot be read” alone can be mapped again.' };
  const [sourceSystem, ...others] = sourceSystems ?? [];
  if (others.length > 0) return { whyNot: 'Choose one source: they are mapped again one by one.' };
  return {
    selection: {
      ...(isUnmapped && { onlyUnmapped: true }),
      ...(kinds && { kinds }),
      ...(types && { types }),
      ...(sourceSystem !== undefined && { sourceSystem }),
      ...(fileId && { fileId }),
      ...(mapping && { mapping }),
      ...(receivedFrom && { receivedFrom }),
      ...(receivedTo && { receivedTo }),
    },
  };
}
