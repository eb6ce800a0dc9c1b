/** "96 %", "99.4 %"; only a true hundred is shown as 100 %. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '–';
  const share = (part / whole) * 100;
  if (part === whole) return '100 %';
  const shown = Math.floor(share * 10) / 10;
  return `${shown >= 95 ? shown.toFixed(1) : Math.floor(share)} %`;
}
