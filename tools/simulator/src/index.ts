export { type SimulatorConfig, parseConfig, readConfig } from './config.js';
export { type Simulator, startSimulator } from './simulator.js';
