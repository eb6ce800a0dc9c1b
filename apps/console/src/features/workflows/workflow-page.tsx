import { useMemo } from 'react';
import { useLoad } from '../../shared/graphql/use-load.js';
import { useKeys } from '../../shared/keyboard/keyboard.js';
import { useNavigation } from '../../shared/navigation.js';
import { Failed, Loading } from '../../shared/states/states.js';
import { WorkflowDetail } from './workflow-detail.js';
import { NoSuchWorkflow } from './workflows-page.js';
import { WorkflowsDocument } from './workflows-documents.js';
import styles from './workflows-page.module.css';

/** One workflow on a page of its own. */
export function WorkflowPage({ name }: { name: string }) {
  const { back } = useNavigation();
  const { data, error, isLoading, reload } = useLoad(WorkflowsDocument, {});
  useKeys(useMemo(() => [{ keys: 'Escape', label: 'Back', group: 'Workflow', run: back }], [back]));
  const workflow = data?.workflows.find((one) => one.name === name);
  if (isLoading) return <Loading label="workflow" rows={10} />;
  if (error && !data) return <Failed what="workflow" error={error} onRetry={reload} />;
  if (!workflow) return <NoSuchWorkflow />;
  return (
    <div className={styles['whole']}>
      <WorkflowDetail workflow={workflow} />
    </div>
  );
}
