import { jest } from '@jest/globals';

// Databases and processes are started in these tests, on machines that do other work besides.
jest.setTimeout(60_000);
