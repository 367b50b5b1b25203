import { isPolled, notePolled } from '../../../nodes/TwilioSms/shared/polledNumbers';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

let number: string;
let numbers = 0;

beforeEach(() => {
	number = `+1415555${String(++numbers).padStart(4, '0')}`;
	jest.useFakeTimers();
});

afterEach(() => jest.useRealTimers());

function pollEvery(milliseconds: number): void {
	for (let count = 0; count < 3; count++) {
		notePolled('AC1', number);
		jest.advanceTimersByTime(milliseconds);
	}
}

it('knows the numbers that were polled of late, account by account', () => {
	expect(isPolled('AC1', number)).toBe(false);
	notePolled('AC1', number);
	expect(isPolled('AC1', number)).toBe(true);
	expect(isPolled('AC2', number)).toBe(false);
	expect(isPolled('AC1', '+14155550199')).toBe(false);
});

it.each([
	['once a minute', MINUTE_MS],
	['once an hour', 60 * MINUTE_MS],
	['once a week', 7 * DAY_MS],
])(
	'knows from one poll to the next that a number is polled %s, and not for longer',
	(_, interval) => {
		pollEvery(interval);
		expect(isPolled('AC1', number)).toBe(true);
		jest.advanceTimersByTime(6 * MINUTE_MS);
		expect(isPolled('AC1', number)).toBe(false);
	},
);

it('expects the second poll within a day', () => {
	notePolled('AC1', number);
	jest.advanceTimersByTime(DAY_MS);
	expect(isPolled('AC1', number)).toBe(true);
	jest.advanceTimersByTime(6 * MINUTE_MS);
	expect(isPolled('AC1', number)).toBe(false);
});

it('takes no publication that follows another for an interval', () => {
	pollEvery(2_000);
	jest.advanceTimersByTime(DAY_MS - 10_000);
	expect(isPolled('AC1', number)).toBe(true);
});
