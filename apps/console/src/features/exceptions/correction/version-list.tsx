import { dateTime } from '../../../shared/format/time.js';
import { count } from '../../../shared/format/words.js';
import { ChangeList } from '../../../shared/payload/change-list.js';
import type { PayloadVersion } from './correction-documents.js';
import styles from './correction.module.css';

/** All versions of a payload, newest first, each with what it changed. */
export function VersionList({
  versions,
  failedVersion,
}: {
  versions: readonly PayloadVersion[];
  failedVersion: number;
}) {
  return (
    <ol className={styles['versions']} aria-label="Versions">
      {versions.map((version) => (
        <li key={version.number}>
          <details>
            <summary>
              <b>Version {version.number}</b>
              {version.number === failedVersion && ', which failed'}
              <span className="muted">
                {version.origin === 'source'
                  ? ' · as its source sent it'
                  : ` · ${version.authorName}, ${dateTime(version.createdAt)}, on version ${String(version.basedOn)}: ${count(version.changes.length, 'change')}`}
              </span>
            </summary>
            {version.origin === 'source' ? (
              <p className="muted">Nothing was changed here.</p>
            ) : (
              <>
                <p>{version.reason}</p>
                <ChangeList changes={version.changes} label={`What version ${version.number} changed`} />
              </>
            )}
          </details>
        </li>
      ))}
    </ol>
  );
}
