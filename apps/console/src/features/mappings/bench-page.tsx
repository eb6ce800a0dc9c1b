import { Button } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { useLoad } from '../../shared/graphql/use-load.js';
import { Icon } from '../../shared/icons/icon.js';
import { useKeys } from '../../shared/keyboard/keyboard.js';
import { AppLink, useNavigation } from '../../shared/navigation.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { Panel } from '../../shared/page/panel.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import { Status } from '../../shared/status/status.js';
import { tell } from '../../shared/tell.js';
import { mappingHref, mappingsHref, type MappingSearch } from '../../shared/url.js';
import { useCan } from '../../shared/viewer/viewer.js';
import { BenchInput } from './bench-input.js';
import { CodeBench, type BenchProps } from './code-bench.js';
import { ComparisonPanel } from './comparison-panel.js';
import { DefinitionEditor } from './definition-editor.js';
import { troubledLines } from './edit-text.js';
import { MapMappingAgain } from './map-mapping-again.js';
import { MappingAnswer } from './mapping-answer.js';
import { MappingDocument, type MappingFull } from './mapping-documents.js';
import { newDefinition } from './new-definition.js';
import { SaveVersionDialog } from './save-version-dialog.js';
import { TrialResult } from './trial-result.js';
import { useBench } from './use-bench.js';
import { VersionsPanel } from './versions-panel.js';
import styles from './bench.module.css';

/** The mapping bench: a signal in, the definition, the activity out. */
export function BenchPage({ name, search }: { name: string; search: MappingSearch }) {
  const { data, error, isLoading, asOf, reload } = useLoad(MappingDocument, { name });
  const mapping = data?.mapping ?? (data && search.isNew ? unsaved(name) : undefined);
  if (isLoading) return <Loading label="mapping" rows={12} />;
  if (error && !mapping) return <Failed what="mapping" error={error} onRetry={reload} />;
  if (!mapping) {
    return (
      <Empty title="There is no such mapping" action={<AppLink href={mappingsHref()}>Go to the mappings</AppLink>}>
        It may have had another name in an earlier version.
      </Empty>
    );
  }
  const Page = mapping.isInCode ? CodeBench : Bench;
  return <Page mapping={mapping} search={search} asOf={asOf} onChanged={reload} />;
}

/** What the bench shows of a mapping before its first version is saved. */
function unsaved(name: string): MappingFull {
  return {
    name,
    title: name,
    reads: '',
    isInCode: false,
    sourceKinds: [],
    activeVersion: 0,
    isShipped: false,
    eventTypes: [],
    definition: newDefinition(name),
    signalsUnmapped: 0,
    versions: [],
  };
}

function Bench({ mapping, search, asOf, onChanged }: BenchProps) {
  const { go } = useNavigation();
  const bench = useBench(mapping, search.signal);
  const [asked, setAsked] = useState<'save' | 'again'>();
  const can = useCan();
  const isUnsaved = mapping.activeVersion === 0;
  const { run, isChanged } = bench;
  useKeys(
    useMemo(() => [{ keys: 'Mod-enter', label: 'Run', group: 'Bench', run: () => void run() }], [run]),
    can('mapping.try'),
  );
  useEffect(() => {
    if (!isChanged) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isChanged]);

  return (
    <div className={styles['page']}>
      <PageHeader
        name={`Mappings / ${mapping.name}`}
        asOf={asOf}
        answer={isUnsaved ? `${mapping.name} is new: nothing is read by it yet.` : <MappingAnswer mapping={mapping} />}
        detail={<AppLink href={mappingsHref()}>All mappings</AppLink>}
        actions={
          <>
            <PermittedButton
              needs="mapping.run"
              what="Mapping again"
              variant="default"
              whyNot={isUnsaved ? 'No version of it is in force.' : undefined}
              leftSection={<Icon name="again" size={14} />}
              onClick={() => setAsked('again')}
            >
              Map again
            </PermittedButton>
            <PermittedButton
              needs="catalog.write"
              what="Changing mappings"
              variant="default"
              whyNot={isChanged || isUnsaved ? undefined : 'The definition is the one in force: nothing to save.'}
              onClick={() => setAsked('save')}
            >
              Save as new version
            </PermittedButton>
            <PermittedButton
              needs="mapping.try"
              what="Trying mappings"
              keys="Ctrl Enter"
              whyNot={bench.hasInput ? undefined : 'Choose a signal on the left, or paste a payload.'}
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
          sourceKind={mapping.sourceKinds[0]}
          signalId={search.signal}
          onSignal={(signal) => go(mappingHref(mapping.name, { ...search, signal }), { replace: true })}
          isPasted={bench.isPasted}
          onPasted={bench.setPasted}
          pasted={bench.pasted}
          onPaste={bench.paste}
          used={bench.used}
        />
        <Panel
          title="Definition"
          isFlush
          aside={
            <span aria-live="polite">
              {isChanged ? (
                <>
                  <Status tone="warning">Changed</Status>{' '}
                  <Button size="compact-xs" variant="subtle" onClick={() => bench.setDefinition(mapping.definition)}>
                    Undo the changes
                  </Button>
                </>
              ) : (
                <Status tone="good">{isUnsaved ? 'As it begins' : 'As in force'}</Status>
              )}
            </span>
          }
        >
          <DefinitionEditor
            value={bench.definition}
            onChange={bench.setDefinition}
            troubled={troubledLines(bench.isStale ? [] : (bench.trial?.problems ?? []))}
          />
        </Panel>
        <TrialResult trial={bench.trial} error={bench.error} isStale={bench.isStale} hasInput={bench.hasInput} />
      </div>
      <div className={styles['below']}>
        <ComparisonPanel definition={bench.definition} />
        <VersionsPanel mapping={mapping} onEdit={bench.setDefinition} onChanged={onChanged} />
      </div>
      {asked === 'save' && (
        <SaveVersionDialog
          name={mapping.name}
          definition={bench.definition}
          onClose={() => setAsked(undefined)}
          onSaved={() => {
            setAsked(undefined);
            tell('Saved; another person can approve it');
            onChanged();
          }}
        />
      )}
      {asked === 'again' && (
        <MapMappingAgain mapping={mapping} onClose={() => setAsked(undefined)} onOver={onChanged} />
      )}
    </div>
  );
}
