import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { forgetSent, takingStepsOnce } from '../../../nodes/TwilioSms/actions/sendOnce';
import { unknownOutcomeError } from '../../../nodes/TwilioSms/twilio/errors';

const NODE = { id: '1', name: 'Twilio SMS', type: 'twilioSms', typeVersion: 1 };

/** What the node sees of n8n; what it keeps in `kept` is stored with the execution. */
const n8n = (kept: IDataObject, { retryOnFail = true, runIndex = 0, executionId = '1' } = {}) =>
	({
		getNode: () => ({ ...NODE, retryOnFail }),
		getContext: (type: string) => ({ node: kept })[type],
		getExecutionId: () => executionId,
		getWorkflowDataProxy: () => ({ $runIndex: runIndex }),
	}) as unknown as IExecuteFunctions;

const stored = (kept: IDataObject) => JSON.parse(JSON.stringify(kept)) as IDataObject;

const send = (sid: string) => jest.fn(async () => ({ messageSid: sid }) as IDataObject);

const lose = () =>
	jest.fn(async (): Promise<IDataObject> => {
		throw unknownOutcomeError(n8n({}).getNode(), 'Anna', 'The answer did not arrive.');
	});

it('gives the first result again, also when n8n has stored it meanwhile', async () => {
	const kept = {};
	const first = send('SM1');
	await takingStepsOnce(n8n(kept))(0, { to: 'Anna', run: first });
	const second = send('SM2');
	const take = takingStepsOnce(n8n(stored(kept)));
	expect(await take(0, { to: 'Anna', run: second })).toEqual({ messageSid: 'SM1' });
	expect(first).toHaveBeenCalledTimes(1);
	expect(second).not.toHaveBeenCalled();
});

interface Difference {
	itemIndex?: number;
	to?: string;
	runIndex?: number;
}

it.each<[string, Difference]>([
	['another item', { itemIndex: 1 }],
	['another recipient', { to: 'Bert' }],
	['another run of the node', { runIndex: 1 }],
])('sends for %s', async (_, { itemIndex = 0, to = 'Anna', runIndex = 0 }) => {
	const kept = {};
	await takingStepsOnce(n8n(kept))(0, { to: 'Anna', run: send('SM1') });
	const take = takingStepsOnce(n8n(kept, { runIndex }));
	expect(await take(itemIndex, { to, run: send('SM2') })).toEqual({ messageSid: 'SM2' });
});

it('takes a step again that failed and sent nothing', async () => {
	const kept = {};
	const take = takingStepsOnce(n8n(kept));
	const refuse = async () => await Promise.reject(new Error('No'));
	await expect(take(0, { to: 'Anna', run: refuse })).rejects.toThrow('No');
	expect(await take(0, { to: 'Anna', run: send('SM1') })).toEqual({ messageSid: 'SM1' });
});

it('does not take a step again that may have sent something, as long as the execution lasts', async () => {
	const kept = {};
	const lost = lose();
	const take = takingStepsOnce(n8n(kept));
	await expect(take(0, { to: 'Anna', run: lost })).rejects.toThrow(/not known/);
	const again = takingStepsOnce(n8n(stored(kept)));
	await expect(again(0, { to: 'Anna', run: send('SM2') })).rejects.toMatchObject({
		message: 'It is not known whether Twilio sent the message to Anna',
		description: expect.stringMatching(/^The answer did not arrive\. To be safe/),
	});
});

it('takes it again when somebody retries the execution, who was told to look first', async () => {
	const kept = {};
	await expect(takingStepsOnce(n8n(kept))(0, { to: 'Anna', run: lose() })).rejects.toThrow();
	const retried = takingStepsOnce(n8n(stored(kept), { executionId: '2' }));
	expect(await retried(0, { to: 'Anna', run: send('SM2') })).toEqual({ messageSid: 'SM2' });
});

it('takes each step without "Retry On Fail", and has n8n keep nothing', async () => {
	const getContext = jest.fn();
	const withoutRetry = { ...n8n({}, { retryOnFail: false }), getContext };
	const take = takingStepsOnce(withoutRetry);
	expect(await take(0, { to: 'Anna', run: send('SM1') })).toEqual({ messageSid: 'SM1' });
	expect(await take(0, { to: 'Anna', run: send('SM2') })).toEqual({ messageSid: 'SM2' });
	forgetSent(withoutRetry);
	expect(getContext).not.toHaveBeenCalled();
});

it('keeps nothing once it is told to forget', async () => {
	const kept = {};
	await takingStepsOnce(n8n(kept))(0, { to: 'Anna', run: send('1') });
	expect(kept).not.toEqual({});
	forgetSent(n8n(kept));
	expect(kept).toEqual({});
});
