export { type SimulatorConfig, readConfig } from './config.js';
export { type Simulator, startSimulator } from './simulator.js';
