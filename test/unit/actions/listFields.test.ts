import { take } from '../../../nodes/TwilioSms/actions/listFields';

let asked: number;

beforeEach(() => (asked = 0));

/** Numbers from 1, and a note of how far anybody asked for them. */
async function* count(to = Infinity) {
	for (let number = 1; number <= to; number++) {
		asked = number;
		yield number;
	}
}

it('takes as many as wanted and asks for no more', async () => {
	expect(await take(count(), 3)).toEqual([1, 2, 3]);
	expect(asked).toBe(3);
});

it('takes all there are when there are fewer', async () => {
	expect(await take(count(2), 3)).toEqual([1, 2]);
	expect(await take(count(0), 3)).toEqual([]);
});

it('takes all when all are wanted', async () => {
	expect(await take(count(4), Infinity)).toEqual([1, 2, 3, 4]);
});

it('counts only those that fit', async () => {
	expect(await take(count(), 3, (number) => number % 10 === 0)).toEqual([10, 20, 30]);
	expect(asked).toBe(30);
});
