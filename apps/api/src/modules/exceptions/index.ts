export { canRequeue, isOpen, proveLifeCycle, type Act, type ExceptionState } from './domain/life-cycle.js';
export type { StoredException } from './domain/stored-exception.js';
export { createExceptionsConsumer } from './exceptions.events.js';
export { findExceptions, lockExceptions } from './exceptions.repository.js';
export { applyActs, type ActContext, type ActOnException } from './usecases/apply-acts.js';
export { reconcileExceptions } from './usecases/reconcile-exceptions.js';
export { findGroups, type GroupRow } from './group.repository.js';
export { nounOf } from './domain/title.js';
export { moneyOf } from './domain/open-amount.js';
