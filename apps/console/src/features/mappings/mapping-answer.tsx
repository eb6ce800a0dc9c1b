import { count } from '../../shared/format/words.js';
import { AppLink } from '../../shared/navigation.js';
import { signalsHref } from '../../shared/url.js';
import { originWords } from './mapping-columns.js';
import type { MappingFull } from './mapping-documents.js';

/** What a mapping left unread, and which version of it is in force. */
export function MappingAnswer({ mapping }: { mapping: MappingFull }) {
  const unread = mapping.signalsUnmapped;
  const inForce = `version ${mapping.activeVersion}, ${originWords(mapping)}, is in force`;
  return (
    <>
      {unread === 0 ? (
        `Nothing that came to ${mapping.title} is left unread; ${inForce}.`
      ) : (
        <>
          {mapping.title} left{' '}
          <AppLink href={signalsHref({ state: ['UNMAPPED'], mapping: mapping.name })}>
            {count(unread, 'signal')}
          </AppLink>{' '}
          unread; {inForce}.
        </>
      )}
    </>
  );
}
