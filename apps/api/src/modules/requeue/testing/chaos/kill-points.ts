import type { Database, Tx } from '@throughline/persistence';

/** What a statement shows of its transaction: which step that is. */
type Statement = { sql: string; params: readonly unknown[]; rows: number };

/** Steps of sending that are transactions, by the statement that makes them; a worker may be killed on either side of their commit. */
const STEPS = {
  request: ({ sql }) => sql.includes('insert into requeue_request'),
  approval: ({ sql, params }) => isDecision(sql) && params.includes('SENDING'),
  expiry: ({ sql, params }) => isDecision(sql) && params.includes('EXPIRED'),
  release: ({ sql, rows }) => /set released_at = \$\d from/.test(sql) && rows > 0,
  start: ({ sql }) => sql.includes(`set state = 'SENDING'`),
  outcome: ({ sql }) => /set\s+state = case when (a\.)?state in \('VERIFIED'/.test(sql),
  judgement: ({ sql }) => sql.includes('set state = f.state'),
  cancellation: ({ sql, rows }) => sql.includes(`set state = 'CANCELLED'`) && rows > 0,
  question: ({ sql, rows }) => sql.includes('update requeue_probe p set asks') && rows > 0,
  probe: ({ sql }) => sql.includes('update requeue_probe set asked_at'),
  proof: ({ sql, rows }) => sql.includes('set is_told_unverified = true') && rows > 0,
  finish: ({ sql, rows }) => sql.includes(`set state = 'FINISHED'`) && rows > 0,
} satisfies Record<string, (statement: Statement) => boolean>;

export type Step = keyof typeof STEPS;

const isDecision = (sql: string): boolean => sql.includes('decided_by_name = $6');

const STEP_NAMES = Object.keys(STEPS) as Step[];

export type Boundary =
  `${Step}, not committed` | `${Step}, committed` | 'before it is sent' | 'sent' | 'asked' | 'job done';

export const BOUNDARIES: readonly Boundary[] = [
  ...STEP_NAMES.flatMap((step): Boundary[] => [`${step}, not committed`, `${step}, committed`]),
  'before it is sent',
  'sent',
  'asked',
  'job done',
];

/** How a worker ends: whatever it was doing, nothing more of it happens. */
export class Killed extends Error {}

/** Kills at each boundary the first time that it is reached, and now and then later. */
export class KillPoints {
  readonly killedAt = new Map<Boundary, number>();

  constructor(
    private readonly random: () => number,
    private readonly share: number,
    private readonly most: number,
  ) {}

  kills(boundary: Boundary): boolean {
    const kills = this.killedAt.get(boundary) ?? 0;
    if (kills > 0 && (kills >= this.most || this.random() >= this.share)) return false;
    this.killedAt.set(boundary, kills + 1);
    return true;
  }
}

/** One process from its start to its end: once it is killed, everything that it was doing stops where it is. */
export class Life {
  private isOver = false;

  constructor(private readonly points: KillPoints) {}

  pass(boundary: Boundary): void {
    this.goOn();
    this.isOver = this.points.kills(boundary);
    this.goOn();
  }

  goOn(): void {
    if (this.isOver) throw new Killed();
  }

  /** The database as this process has it: a killed one's transactions are rolled back. */
  databaseOf(database: Database): Database {
    const withTenant: Database['withTenant'] = async (tenantId, work, options) => {
      this.goOn();
      const steps = new Set<Step>();
      const result = await database.withTenant(
        tenantId,
        async (tx) => {
          const done = await work(this.observed(tx, steps));
          this.goOn();
          for (const step of steps) this.pass(`${step}, not committed`);
          return done;
        },
        options,
      );
      for (const step of steps) this.pass(`${step}, committed`);
      return result;
    };
    return new Proxy(database, {
      get: (original, name) => (name === 'withTenant' ? withTenant : Reflect.get(original, name, original)),
    });
  }

  private observed(tx: Tx, steps: Set<Step>): Tx {
    return {
      tenantId: tx.tenantId,
      manager: tx.manager,
      copyRows: (...args) => tx.copyRows(...args),
      notify: (...args) => tx.notify(...args),
      enqueue: (...args) => tx.enqueue(...args),
      enqueueAll: (...args) => tx.enqueueAll(...args),
      query: async <R>(sql: string, params: readonly unknown[] = []): Promise<R[]> => {
        this.goOn();
        const rows = await tx.query<R>(sql, params);
        const statement = { sql, params, rows: rows.length };
        for (const step of STEP_NAMES) if (STEPS[step](statement)) steps.add(step);
        return rows;
      },
    };
  }
}
