import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../../shared/graphql/use-act.js';
import { useNavigation } from '../../shared/navigation.js';
import { Problem } from '../../shared/page/form-dialog.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { requeuePlanHref } from '../../shared/url-requeue.js';
import { WISHES, type InSpiteOf } from '../exceptions/send-plan.js';
import { PlanAnewDocument, type SelectionPlan } from './plan-documents.js';
import styles from '../../shared/bulk/bulk.module.css';

type PlanAnewProps = { id: string; plan: SelectionPlan };

/** What is left out and may go in spite of that: the same exceptions are planned anew, and nothing goes before that plan is asked for. */
export function PlanAnew({ id, plan }: PlanAnewProps) {
  const { go } = useNavigation();
  const { despitePredecessors, despiteLookAlikes, carryForward } = plan;
  const planned: InSpiteOf = { despitePredecessors, despiteLookAlikes, carryForward };
  const [wished, setWished] = useState(planned);
  const anew = useAct(PlanAnewDocument);
  const offered = WISHES.filter(({ name, code }) => planned[name] || plan.leftOutBy.some((one) => one.code === code));
  if (offered.length === 0) return null;
  const isSame = offered.every(({ name }) => wished[name] === planned[name]);
  const start = async () => {
    const done = await anew.run({ id, mode: plan.mode, ...wished });
    if (done?.__typename === 'RequeuePlanning') go(requeuePlanHref(done.planning.id));
  };
  return (
    <div role="group" className={styles['progress']} aria-label="In spite of the plan">
      {offered.map(({ name, label, description }) => (
        <Checkbox
          key={name}
          label={label}
          description={description}
          checked={wished[name]}
          onChange={(event) => setWished({ ...wished, [name]: event.currentTarget.checked })}
        />
      ))}
      <div className={styles['acts']}>
        <PermittedButton
          needs="requeue.request"
          what="Sending again"
          variant="default"
          whyNot={isSame ? 'That is what this plan shows.' : undefined}
          loading={anew.isRunning}
          onClick={() => void start()}
        >
          Plan anew
        </PermittedButton>
      </div>
      {anew.problem && <Problem problem={anew.problem} />}
    </div>
  );
}
