import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const FORMAT = 1;
const KEY_ID_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + KEY_ID_BYTES;

/**
 * Encrypts stored secrets with AES-256-GCM. Layout: format (1 byte), key id (first 4 bytes of the key's SHA-256), nonce (12),
 * tag (16), cipher text; format and key id are authenticated too. The key id tells a wrong key from a damaged value.
 */
export class SecretBox {
  private readonly header: Buffer;

  constructor(private readonly key: Buffer) {
    if (key.length !== 32) {
      throw new RangeError('a SecretBox key has 32 bytes');
    }
    const keyId = createHash('sha256').update(key).digest().subarray(0, KEY_ID_BYTES);
    this.header = Buffer.concat([Buffer.from([FORMAT]), keyId]);
  }

  /** Encrypted bytes of the text; different on each call. */
  seal(text: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce).setAAD(this.header);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([this.header, nonce, cipher.getAuthTag(), sealed]);
  }

  /** The text; throws when the bytes were sealed with another key or were changed. */
  open(bytes: Uint8Array): string {
    const sealed = Buffer.from(bytes);
    if (
      sealed.length < HEADER_BYTES + NONCE_BYTES + TAG_BYTES ||
      !sealed.subarray(0, HEADER_BYTES).equals(this.header)
    ) {
      throw new Error('the stored secret was encrypted with another THROUGHLINE_SECRET_KEY');
    }
    const tagStart = HEADER_BYTES + NONCE_BYTES;
    const decipher = createDecipheriv('aes-256-gcm', this.key, sealed.subarray(HEADER_BYTES, tagStart), {
      authTagLength: TAG_BYTES,
    })
      .setAAD(this.header)
      .setAuthTag(sealed.subarray(tagStart, tagStart + TAG_BYTES));
    return decipher.update(sealed.subarray(tagStart + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  }
}
