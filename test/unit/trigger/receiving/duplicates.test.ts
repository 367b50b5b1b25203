import { EventEmitter } from 'node:events';
import type { IPollFunctions, IWebhookFunctions } from 'n8n-workflow';

import type { Parameters } from '../../../../nodes/TwilioSms/shared/parameters';
import type { TriggerEvent } from '../../../../nodes/TwilioSms/trigger/fields';
import {
	wasTaken,
	isDuplicate,
	noteTaken,
} from '../../../../nodes/TwilioSms/trigger/receiving/duplicates';

interface Delivery {
	mode?: string;
	workflow?: string;
	node?: string;
	event?: TriggerEvent;
	ignoreDuplicates?: boolean;
	/** What Twilio posts beside the message's SID. */
	form?: Record<string, string>;
}

let messages = 0;
let messageSid: string;

beforeEach(() => {
	messageSid = `SM${String(++messages).padStart(32, '0')}`;
});

const trigger = ({ mode = 'webhook', workflow = 'workflow', node = 'node' }: Delivery) => ({
	getMode: () => mode,
	getWorkflow: () => ({ id: workflow }),
	getNode: () => ({ id: node }),
});

/** Whether a delivery is taken for one that came before; n8n answers it well. */
async function deliver(delivery: Delivery = {}): Promise<boolean> {
	const response = Object.assign(new EventEmitter(), { statusCode: 200, writableEnded: true });
	const n8n = { ...trigger(delivery), getResponseObject: () => response };
	const { ignoreDuplicates } = delivery;
	const flag = (path: string, fallback: boolean) =>
		path === 'options.ignoreDuplicates' ? (ignoreDuplicates ?? fallback) : fallback;
	const answer = await isDuplicate(
		n8n as unknown as IWebhookFunctions,
		{ flag } as Parameters,
		delivery.event ?? 'incomingMessage',
		new URLSearchParams({ MessageSid: messageSid, ...delivery.form }),
	);
	response.emit('finish');
	return answer;
}

const polled = (delivery: Delivery = {}) => trigger(delivery) as unknown as IPollFunctions;

it('a message that comes again is a duplicate', async () => {
	expect(await deliver()).toBe(false);
	expect(await deliver()).toBe(true);
});

it.each<[string, Delivery]>([
	['for another workflow', { workflow: 'other' }],
	['for another trigger', { node: 'other' }],
	['in a test listen', { mode: 'manual' }],
	['when they are not to be minded', { ignoreDuplicates: false }],
	['without a SID', { form: { MessageSid: '' } }],
	['of another message', { form: { MessageSid: 'SMffffffffffffffffffffffffffffffff' } }],
])('it is none %s', async (_, delivery) => {
	await deliver();
	expect(await deliver(delivery)).toBe(false);
});

it.each<[string, Delivery]>([
	['in a test listen', { mode: 'manual' }],
	['when they are not to be minded', { ignoreDuplicates: false }],
])('nothing is remembered %s', async (_, delivery) => {
	await deliver(delivery);
	expect(await deliver(delivery)).toBe(false);
	expect(await deliver()).toBe(false);
});

it('each status of a message counts once', async () => {
	const status = (MessageStatus: string): Delivery => ({
		event: 'messageStatus',
		form: { MessageStatus },
	});
	expect(await deliver(status('sent'))).toBe(false);
	expect(await deliver(status('delivered'))).toBe(false);
	expect(await deliver(status('sent'))).toBe(true);
});

it('an incoming message counts once, whatever its status is', async () => {
	expect(await deliver({ form: { MessageStatus: 'receiving' } })).toBe(false);
	expect(await deliver({ form: { MessageStatus: 'received' } })).toBe(true);
});

describe('what is polled', () => {
	it('is known when the webhook took it, for this trigger alone', async () => {
		await deliver();
		expect(await wasTaken(polled(), messageSid)).toBe(true);
		expect(await wasTaken(polled({ node: 'other' }), messageSid)).toBe(false);
		expect(await wasTaken(polled(), `${messageSid}0`)).toBe(false);
	});

	it('is a duplicate when the webhook gets it later', async () => {
		noteTaken(polled(), messageSid);
		expect(await deliver({ node: 'other' })).toBe(false);
		expect(await deliver()).toBe(true);
	});
});

it('after ten minutes, by far longer than Twilio tries, it is taken for new', async () => {
	jest.useFakeTimers();
	await deliver();
	await jest.advanceTimersByTimeAsync(0);
	jest.advanceTimersByTime(10 * 60 * 1000 - 1);
	expect(await deliver()).toBe(true);
	jest.advanceTimersByTime(1);
	expect(await deliver()).toBe(false);
	jest.useRealTimers();
});
