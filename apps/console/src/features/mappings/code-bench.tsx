import { useMemo, useState } from 'react';
import { Icon } from '../../shared/icons/icon.js';
import { useKeys } from '../../shared/keyboard/keyboard.js';
import { AppLink, useNavigation } from '../../shared/navigation.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { Facts, Panel } from '../../shared/page/panel.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { mappingHref, mappingsHref, type MappingSearch } from '../../shared/url.js';
import { useCan } from '../../shared/viewer/viewer.js';
import { BenchInput } from './bench-input.js';
import { MapMappingAgain } from './map-mapping-again.js';
import { MappingAnswer } from './mapping-answer.js';
import type { MappingFull } from './mapping-documents.js';
import { TrialResult } from './trial-result.js';
import { useBench } from './use-bench.js';
import styles from './bench.module.css';

export type BenchProps = {
  mapping: MappingFull;
  search: MappingSearch;
  asOf: Date | undefined;
  onChanged: () => void;
};

/** The bench of a mapping that is part of the program: what it reads, and what it makes of a signal. */
export function CodeBench({ mapping, search, asOf, onChanged }: BenchProps) {
  const { go } = useNavigation();
  const bench = useBench(mapping, search.signal);
  const [isAsking, setAsking] = useState(false);
  const can = useCan();
  const { run } = bench;
  useKeys(
    useMemo(() => [{ keys: 'Mod-enter', label: 'Run', group: 'Bench', run: () => void run() }], [run]),
    can('mapping.try'),
  );
  return (
    <div className={styles['page']}>
      <PageHeader
        name={`Mappings / ${mapping.name}`}
        asOf={asOf}
        answer={<MappingAnswer mapping={mapping} />}
        detail={<AppLink href={mappingsHref()}>All mappings</AppLink>}
        actions={
          <>
            <PermittedButton
              needs="mapping.run"
              what="Mapping again"
              variant="default"
              leftSection={<Icon name="again" size={14} />}
              onClick={() => setAsking(true)}
            >
              Map again
            </PermittedButton>
            <PermittedButton
              needs="mapping.try"
              what="Trying mappings"
              keys="Ctrl Enter"
              whyNot={bench.hasInput ? undefined : 'Choose a signal on the left.'}
              leftSection={<Icon name="play" size={13} />}
              loading={bench.isRunning}
              onClick={() => void run()}
            >
              Run
            </PermittedButton>
          </>
        }
      />
      <div className={styles['bench']}>
        <BenchInput
          mapping={mapping.name}
          sourceKind={undefined}
          isStoredOnly
          signalId={search.signal}
          onSignal={(signal) => go(mappingHref(mapping.name, { ...search, signal }), { replace: true })}
          isPasted={bench.isPasted}
          onPasted={bench.setPasted}
          pasted={bench.pasted}
          onPaste={bench.paste}
          used={bench.used}
        />
        <Panel title="Definition">
          <Facts
            facts={[
              { name: 'Reads', value: mapping.reads },
              { name: 'Version', value: mapping.activeVersion },
            ]}
          />
          <p>
            This mapping is part of the program: the form of these signals is fixed by their standard, so that it has no
            definition to change. What it made of a signal shows when the signal is run.
          </p>
        </Panel>
        <TrialResult trial={bench.trial} error={bench.error} isStale={bench.isStale} hasInput={bench.hasInput} />
      </div>
      {isAsking && <MapMappingAgain mapping={mapping} onClose={() => setAsking(false)} onOver={onChanged} />}
    </div>
  );
}
