/** The middle one; of an even number the mean of the middle two. */
export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = (sorted.length - 1) / 2;
	return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}

const written = (digits: number) => (value: number) =>
	value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });

export const whole = written(0);
export const tenths = written(1);
export const hundredths = written(2);
export const thousandths = written(3);
