import type { Database } from '@throughline/persistence';
import { COMMIT, observedDatabase } from './observed-database.js';

/** A worker under test: does its work through the database it is given, which stops before each checkpoint. */
export type SteppedWorker = (database: Database) => Promise<void>;

/** Statements before which a worker stops; committing is a checkpoint of its own. */
export type Checkpoints = readonly RegExp[];

/** How long a worker may take to its next checkpoint before it counts as waiting for a lock that another holds. */
const BLOCKED_AFTER_MS = 60;

type Seat = { parked: (() => void) | null; isDone: boolean; arrival: Promise<void>; arrive: () => void };

/**
 * Runs workers side by side on their own connections and lets exactly one of them go on to its next checkpoint at a time,
 * in the order of the schedule (numbers of workers). A worker that waits for another's lock is passed over. When the
 * schedule ends, all run free. Throws the first worker's error, if any.
 */
export async function runInterleaved(
  database: Database,
  workers: readonly SteppedWorker[],
  checkpoints: Checkpoints,
  schedule: readonly number[],
): Promise<void> {
  let isFree = false;
  const seats = workers.map(newSeat);
  const running = workers.map(async (worker, index) => {
    const seat = seats[index]!;
    const pass = () => (isFree ? Promise.resolve() : park(seat));
    try {
      await worker(steppedDatabase(database, checkpoints, pass));
    } finally {
      seat.isDone = true;
      seat.arrive();
    }
  });
  const finished = Promise.all(running);
  // The error is thrown below; until then it must not count as unhandled.
  finished.catch(() => undefined);
  for (const turn of schedule) await letGo(seats, turn);
  isFree = true;
  for (const seat of seats) seat.parked?.();
  await finished;
}

async function letGo(seats: readonly Seat[], turn: number): Promise<void> {
  if (seats.every((seat) => seat.isDone)) return;
  const isParked = () => seats.some((seat) => seat.parked !== null);
  // At first nobody has arrived yet; later all may wait for one whose statement takes long.
  if (!isParked()) await Promise.race(seats.filter((seat) => !seat.isDone).map(arrivalOrTimeout));
  const seat = [turn, ...seats.keys()]
    .map((index) => seats[index])
    .find((one) => one !== undefined && one.parked !== null);
  if (!seat?.parked) return;
  const go = seat.parked;
  seat.parked = null;
  seat.arrival = new Promise((resolve) => (seat.arrive = resolve));
  go();
  await arrivalOrTimeout(seat);
}

function park(seat: Seat): Promise<void> {
  return new Promise((resolve) => {
    seat.parked = resolve;
    seat.arrive();
  });
}

async function arrivalOrTimeout(seat: Seat): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => (timer = setTimeout(resolve, BLOCKED_AFTER_MS)));
  await Promise.race([seat.arrival, timeout]);
  clearTimeout(timer);
}

function newSeat(): Seat {
  const seat: Seat = { parked: null, isDone: false, arrival: Promise.resolve(), arrive: () => undefined };
  seat.arrival = new Promise((resolve) => (seat.arrive = resolve));
  return seat;
}

function steppedDatabase(database: Database, checkpoints: Checkpoints, pass: () => Promise<void>): Database {
  return observedDatabase(database, (sql) =>
    sql === COMMIT || checkpoints.some((checkpoint) => checkpoint.test(sql)) ? pass() : Promise.resolve(),
  );
}

/** How many steps a worker takes that nobody holds up. */
export async function countSteps(database: Database, worker: SteppedWorker, checkpoints: Checkpoints): Promise<number> {
  let steps = 0;
  const count = () => {
    steps += 1;
    return Promise.resolve();
  };
  await worker(steppedDatabase(database, checkpoints, count));
  return steps;
}

/** Every order in which `counts[i]` steps of worker i can follow one another. */
export function allInterleavings(counts: readonly number[]): number[][] {
  if (counts.every((count) => count === 0)) return [[]];
  return counts.flatMap((count, worker) =>
    count === 0
      ? []
      : allInterleavings(counts.map((left, index) => (index === worker ? left - 1 : left))).map((rest) => [
          worker,
          ...rest,
        ]),
  );
}
