import { isPolled, notePolled } from '../../../nodes/TwilioSms/shared/polledNumbers';

const NUMBER = '+14155550100';

afterEach(() => jest.useRealTimers());

it('knows the numbers that were polled of late, account by account', () => {
	expect(isPolled('AC1', NUMBER)).toBe(false);
	notePolled('AC1', NUMBER);
	expect(isPolled('AC1', NUMBER)).toBe(true);
	expect(isPolled('AC2', NUMBER)).toBe(false);
	expect(isPolled('AC1', '+14155550199')).toBe(false);
});

it('forgets them after a day', () => {
	notePolled('AC1', NUMBER);
	jest.useFakeTimers({ now: Date.now() + 25 * 60 * 60_000 });
	expect(isPolled('AC1', NUMBER)).toBe(false);
});
