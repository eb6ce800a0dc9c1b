import type { ReactNode } from 'react';
import { graphql } from '../../gql/index.js';
import { useLoad } from '../graphql/use-load.js';
import { AppLink } from '../navigation.js';
import { Status } from '../status/status.js';
import { maintenanceHref } from '../url-rules.js';
import { useCan } from '../viewer/viewer.js';
import { heldNow } from './maintenance-words.js';
import styles from './maintenance-banner.module.css';

const ActiveMaintenanceDocument = graphql(`
  query ActiveMaintenance {
    maintenanceWindows(activeOnly: true) {
      id
      sourceSystem
      integration
      reason
      nextTo
      timeZone
    }
  }
`);

const ExceptionMaintenanceDocument = graphql(`
  query ExceptionMaintenance($id: ID!) {
    exception(id: $id) {
      id
      isEscalated
      escalations {
        clock
        leadName
      }
      maintenance {
        id
        sourceSystem
        integration
        reason
        nextTo
        timeZone
      }
    }
  }
`);

type Held = Parameters<typeof heldNow>[0] & { id: string };

/** What is under maintenance now; nothing where nothing is. */
export function ActiveMaintenance({ children }: { children: ReactNode }) {
  const can = useCan();
  const { data } = useLoad(ActiveMaintenanceDocument, {}, { pause: !can('catalog.read') });
  return <Banner windows={data?.maintenanceWindows ?? []}>{children}</Banner>;
}

/** That an exception waits for what is under maintenance, or that its clock is overdue; nothing where neither is so. */
export function ExceptionMaintenance({ id }: { id: string }) {
  const { data } = useLoad(ExceptionMaintenanceDocument, { id });
  const exception = data?.exception;
  if (!exception) return null;
  const [latest] = exception.isEscalated ? exception.escalations : [];
  return (
    <>
      {latest && (
        <aside className={styles['banner']} aria-label="Escalated">
          <Status tone="critical">
            {`Its ${latest.clock} is overdue; that was brought to ${latest.leadName ?? 'nobody, as its queue has no lead'}.`}
          </Status>
        </aside>
      )}
      <Banner windows={exception.maintenance ? [exception.maintenance] : []}>Its clock stands still.</Banner>
    </>
  );
}

function Banner({ windows, children }: { windows: readonly Held[]; children: ReactNode }) {
  if (windows.length === 0) return null;
  return (
    <aside className={styles['banner']} aria-label="Planned maintenance">
      {windows.map((window) => (
        <p key={window.id}>
          <Status tone="waiting">{heldNow(window)}</Status> {children}{' '}
          <AppLink href={maintenanceHref({ open: window.id })}>What it holds back</AppLink>
        </p>
      ))}
    </aside>
  );
}
