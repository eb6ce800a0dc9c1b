import { describeSignalLog } from '../testing/signal-log-contract.js';
import { PostgresSignalLog } from './postgres-signal-log.js';

describeSignalLog('of PostgreSQL', () => new PostgresSignalLog());
