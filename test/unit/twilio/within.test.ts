import { setTimeout as sleep } from 'node:timers/promises';
import { within } from '../../../nodes/TwilioSms/twilio/within';

it('gives what comes in time', async () => {
	expect(await within(10_000, Promise.resolve('it'), 'Too late')).toBe('it');
	await expect(within(10_000, Promise.reject(new Error('No')), 'Too late')).rejects.toThrow('No');
});

it('says that it is too late, and lets nothing that fails later end the process', async () => {
	const failure = sleep(100).then(() => {
		throw new Error('No');
	});
	await expect(within(20, failure, 'Too late')).rejects.toThrow('Too late');
	await sleep(150);
});
