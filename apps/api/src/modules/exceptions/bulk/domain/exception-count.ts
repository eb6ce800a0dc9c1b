/** "1 exception", "100,000 exceptions" */
export function count(exceptions: number): string {
  return `${exceptions.toLocaleString('en')} ${exceptions === 1 ? 'exception' : 'exceptions'}`;
}
