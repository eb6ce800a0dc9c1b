export { createResidualConsumer } from './residuals/residual-consumer.js';
export { TELLING, withoutToldRests } from './residuals/residual-problems.js';
export { findStatedObjects, findStatedProblems, stateProblems } from './stated-problem.repository.js';
export { subjectNamed, type StatedProblem, type StatedSubject, type Statement } from './stated-problem.js';
