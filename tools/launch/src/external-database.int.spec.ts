import { describe, expect, it } from '@jest/globals';
import { createServer, type AddressInfo } from 'node:net';
import { adminUrl } from '@throughline/persistence/testing';
import { checkExternalDatabase } from './external-database.js';

describe('a database of one’s own', () => {
  it('is used as it is when both addresses are given', async () => {
    expect(await checkExternalDatabase(adminUrl(), adminUrl())).toEqual({
      appUrl: adminUrl(),
      ownerUrl: adminUrl(),
      isShared: false,
    });
  });

  it('with one address is owned by its user, and used in the role that row-level security applies to', async () => {
    expect(await checkExternalDatabase(adminUrl(), undefined)).toEqual({
      appUrl: `${adminUrl()}?options=-c%20role%3Dthroughline_app`,
      ownerUrl: adminUrl(),
      isShared: true,
    });
  });

  it('that cannot be reached is named with place and reason, never with its password', async () => {
    const probe = createServer();
    await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
    const { port } = probe.address() as AddressInfo;
    await new Promise((resolve) => probe.close(resolve));
    const refused = checkExternalDatabase(`postgres://u:secret@127.0.0.1:${port}/d`, undefined);
    await expect(refused).rejects.toThrow(
      `The database of DATABASE_URL (127.0.0.1:${port}/d) cannot be reached: nothing listens there.`,
    );
    await expect(refused).rejects.not.toThrow('secret');
    const wrong = new URL(adminUrl());
    wrong.password = 'guessed';
    await expect(checkExternalDatabase(wrong.href, undefined)).rejects.toThrow('the password is wrong');
    const missing = new URL(adminUrl());
    missing.pathname = '/no_such_database';
    await expect(checkExternalDatabase(adminUrl(), missing.href)).rejects.toThrow('The database of DATABASE_OWNER_URL');
  });
});
