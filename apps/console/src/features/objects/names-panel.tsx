import { count, plainWords, systemName } from '../../shared/format/words.js';
import { Panel } from '../../shared/page/panel.js';
import { ScrollRegion } from '../../shared/page/scroll-region.js';
import type { ObjectFull } from './object-documents.js';
import { OriginText } from './origin-text.js';
import page from '../../shared/page/list-page.module.css';
import styles from './object-page.module.css';

/** Every name it has in any system, and who stated it. */
export function NamesPanel({ aliases }: { aliases: ObjectFull['aliases'] }) {
  return (
    <Panel title="Names" aside={count(aliases.length, 'name')}>
      {aliases.length === 0 ? (
        <p className="muted">It has no name in any system.</p>
      ) : (
        <ScrollRegion label="Names" className={styles['tall']}>
          <table className={page['plain']} aria-label="Names">
            <thead>
              <tr>
                <th scope="col">In</th>
                <th scope="col">As</th>
                <th scope="col">Name</th>
                <th scope="col">Stated by</th>
              </tr>
            </thead>
            <tbody>
              {aliases.map((alias) => (
                <tr key={`${alias.system}/${alias.kind}/${alias.scope}/${alias.value}`}>
                  <td>{systemName(alias.system) || <span className="muted">no system</span>}</td>
                  <td>
                    {plainWords(alias.kind)}
                    {alias.scope && <span className="muted"> within {alias.scope}</span>}
                  </td>
                  <td className={`mono ${page['anywhere']}`}>{alias.value}</td>
                  <td>
                    <OriginText origin={alias.statedBy} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </Panel>
  );
}
