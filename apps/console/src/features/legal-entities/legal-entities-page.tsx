import { useMemo, useState } from 'react';
import { count } from '../../shared/format/words.js';
import { groupBy } from '../../shared/group-by.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { Panel } from '../../shared/page/panel.js';
import { ScrollRegion } from '../../shared/page/scroll-region.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import { tell } from '../../shared/tell.js';
import { EntityDialog } from './entity-dialog.js';
import { LegalEntitySettingsDocument, type EntitySetting, type ToleranceSetting } from './legal-entity-documents.js';
import { ToleranceDialog } from './tolerance-dialog.js';
import { toleranceWords } from './tolerance-words.js';
import page from '../../shared/page/list-page.module.css';

type Asked = { act: 'add' } | { act: 'change' | 'tolerance'; entity: EntitySetting };

/** The companies of the group: where each is, by which calendar it works, what differences it lets go. */
export function LegalEntitiesPage() {
  const { data, error, isLoading, asOf, reload } = useLoad(LegalEntitySettingsDocument, {});
  const [asked, setAsked] = useState<Asked>();
  const close = () => setAsked(undefined);
  const done = (words: string) => {
    tell(words);
    close();
    reload();
  };
  const entities = data?.legalEntities ?? [];
  return (
    <div className={page['page']}>
      <PageHeader
        name="Legal entities"
        asOf={asOf}
        answer={data ? answerOf(entities) : 'Legal entities'}
        detail="Due times follow the calendar and zone of the entity; its country is the region that figures are told by."
        actions={
          <PermittedButton
            needs="catalog.write"
            what="Adding legal entities"
            size="xs"
            onClick={() => setAsked({ act: 'add' })}
          >
            Add an entity
          </PermittedButton>
        }
      />
      <div className={page['detail']}>
        {isLoading && <Loading label="legal entities" rows={6} />}
        {error && !data && <Failed what="list of legal entities" error={error} onRetry={reload} />}
        {data && entities.length === 0 && (
          <Empty title="No legal entity is configured">
            Without one every document is counted by the clock, there is no region, and no tolerance. Add each company
            under the code that your systems write.
          </Empty>
        )}
        {data && entities.length > 0 && (
          <EntityTable entities={entities} tolerances={data.moneyTolerances} onAsk={setAsked} />
        )}
      </div>
      {data && asked && asked.act !== 'tolerance' && (
        <EntityDialog
          entity={asked.act === 'change' ? asked.entity : undefined}
          calendars={data.businessCalendars}
          onClose={close}
          onDone={done}
        />
      )}
      {data && asked?.act === 'tolerance' && (
        <ToleranceDialog
          entity={asked.entity}
          tolerances={data.moneyTolerances.filter(({ legalEntity }) => legalEntity === asked.entity.code)}
          onClose={close}
          onDone={done}
        />
      )}
    </div>
  );
}

function answerOf(entities: readonly EntitySetting[]): string {
  if (entities.length === 0) return 'No legal entity is configured.';
  const countries = new Set(entities.map(({ country }) => country)).size;
  return `${count(entities.length, 'legal entity', 'legal entities')} in ${count(countries, 'country', 'countries')}.`;
}

type EntityTableProps = {
  entities: readonly EntitySetting[];
  tolerances: readonly ToleranceSetting[];
  onAsk: (asked: Asked) => void;
};

function EntityTable({ entities, tolerances, onAsk }: EntityTableProps) {
  const byEntity = useMemo(() => groupBy(tolerances, ({ legalEntity }) => legalEntity), [tolerances]);
  return (
    <Panel title="Legal entities">
      <ScrollRegion label="Legal entities" className={page['scroll']}>
        <table className={page['plain']} aria-label="Legal entities">
          <thead>
            <tr>
              <th scope="col">Code</th>
              <th scope="col">Name</th>
              <th scope="col">Country</th>
              <th scope="col">Currency</th>
              <th scope="col">Calendar</th>
              <th scope="col">Time zone</th>
              <th scope="col">Differences let go</th>
              <th scope="col">
                <span className="visually-hidden">What can be done</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {entities.map((entity) => (
              <tr key={entity.code}>
                <td className="mono">{entity.code}</td>
                <td className={page['anywhere']}>{entity.name}</td>
                <td>{entity.country}</td>
                <td>{entity.currency}</td>
                <td>{entity.calendar}</td>
                <td>{entity.timeZone}</td>
                <td>
                  {(byEntity.get(entity.code) ?? []).map(toleranceWords).join('; ') || (
                    <span className="muted">none: every one is pursued</span>
                  )}
                </td>
                <td>
                  <span className={page['acts']}>
                    <PermittedButton
                      needs="catalog.write"
                      what="Changing legal entities"
                      size="compact-xs"
                      variant="default"
                      aria-label={`Change ${entity.code}`}
                      onClick={() => onAsk({ act: 'change', entity })}
                    >
                      Change
                    </PermittedButton>
                    <PermittedButton
                      needs="catalog.write"
                      what="Changing tolerances"
                      size="compact-xs"
                      variant="default"
                      aria-label={`Tolerance of ${entity.code}`}
                      onClick={() => onAsk({ act: 'tolerance', entity })}
                    >
                      Tolerance
                    </PermittedButton>
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Panel>
  );
}
