/** "96.2 %", "61 %", "0.6 %": cut off, so that only a true hundred is shown as 100 % and only nothing as 0 %. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '–';
  if (part === 0) return '0 %';
  if (part === whole) return '100 %';
  const share = (part / whole) * 100;
  const cut = Math.floor(share * 10) / 10;
  if (cut === 0) return '<0.1 %';
  return `${cut >= 95 || cut < 10 ? cut.toFixed(1) : Math.floor(share)} %`;
}
