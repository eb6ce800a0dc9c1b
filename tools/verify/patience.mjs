import { jest } from '@jest/globals';

// Tests run on machines that do other work besides: one that hangs ends, one that is slow does not fail for it.
jest.setTimeout(60_000);
