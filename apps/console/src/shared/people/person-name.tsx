import { AppLink } from '../navigation.js';
import { absencesHref } from '../url-people.js';
import { awayWords } from './absence-words.js';
import { useAwayNow } from './use-absences.js';

/** The name of a person and, beside it, until when who is away is away, and who stands in. */
export function PersonName({ person }: { person: { id: string; displayName: string } | null }) {
  const away = useAwayNow();
  if (person === null) return <span className="muted">nobody</span>;
  const absence = away.get(person.id);
  return (
    <>
      {person.displayName}
      {absence && (
        <>
          {' '}
          <AppLink href={absencesHref()} className="muted">
            ({awayWords(absence)})
          </AppLink>
        </>
      )}
    </>
  );
}
