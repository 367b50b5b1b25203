import { randomUUID } from 'node:crypto';
import type { TriggerOnTwilio } from '../support/engine/triggerOnTwilio';
import { startTriggerOnTwilio } from '../support/engine/triggerOnTwilio';
import { OUR_NUMBER, PERSON } from '../support/twilioAccount';

let twilio: TriggerOnTwilio;
let trigger: TriggerOnTwilio['trigger'];
let messageSid: string;

beforeEach(async () => {
	twilio = await startTriggerOnTwilio({ listenOn: 'manual' });
	({ trigger } = twilio);
	await trigger.activate();
	messageSid = `SM${randomUUID().replaceAll('-', '')}`;
});

afterEach(async () => await twilio.close());

/** One delivery of a message, as Twilio would make it. */
const deliver = (fields: Record<string, string> = {}, url?: string) =>
	trigger.deliver({ MessageSid: messageSid, From: PERSON, To: OUR_NUMBER, ...fields }, url);

it('starts the workflow once when Twilio delivers a message again', async () => {
	await deliver();
	const again = await deliver();
	expect(again.status).toBe(200);
	expect(await again.text()).toBe('<Response/>');
	expect(trigger.started).toHaveLength(1);
});

it('does not text a reply back twice', async () => {
	trigger.parameters = { listenOn: 'manual', respond: 'text', replyText: 'Thanks' };
	expect(await (await deliver()).text()).toContain('Thanks');
	expect(await (await deliver()).text()).toBe('<Response/>');
});

it('starts it once when the same message comes twice at once', async () => {
	const answers = await Promise.all([deliver(), deliver(), deliver()]);
	expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
	expect(trigger.started).toHaveLength(1);
});

it('takes the second of two at once when n8n fails with the first', async () => {
	trigger.failNext();
	const answers = await Promise.all([deliver(), deliver()]);
	expect(answers.map(({ status }) => status).sort()).toEqual([200, 500]);
	expect(trigger.started).toHaveLength(1);
});

it('takes a message that Twilio retries after n8n failed', async () => {
	trigger.failNext();
	expect((await deliver()).status).toBe(500);
	expect((await deliver()).status).toBe(200);
	expect(trigger.started).toHaveLength(1);
});

describe('when a proxy hangs up before n8n has answered', () => {
	/** As Twilio delivers by way of a proxy that waits for half as long as n8n takes. */
	async function hangUp(): Promise<void> {
		trigger.storingTime = 1_000;
		const fields = { MessageSid: messageSid, From: PERSON, To: OUR_NUMBER };
		const first = trigger.deliver(fields, undefined, AbortSignal.timeout(500));
		await expect(first).rejects.toThrow('aborted');
	}

	it('starts the workflow once, as n8n goes on', async () => {
		await hangUp();
		expect(await (await deliver()).text()).toBe('<Response/>');
		expect(trigger.started).toHaveLength(1);
	});

	it('takes the next delivery when n8n then fails', async () => {
		trigger.failNext();
		await hangUp();
		expect((await deliver()).status).toBe(200);
		expect(trigger.started).toHaveLength(1);
	});
});

it('starts it for each status of a message, and once for each', async () => {
	trigger.parameters = { listenOn: 'manual', event: 'messageStatus' };
	for (const MessageStatus of ['sent', 'delivered', 'sent']) await deliver({ MessageStatus });
	expect(trigger.started.map(([{ json }]) => json.status)).toEqual(['sent', 'delivered']);
});

it('starts it each time when told not to mind duplicates', async () => {
	trigger.parameters = { listenOn: 'manual', options: { ignoreDuplicates: false } };
	await deliver();
	await deliver();
	expect(trigger.started).toHaveLength(2);
});

it('starts it each time while listening for a test event', async () => {
	await trigger.startTestListen();
	await deliver({}, trigger.testUrl);
	await deliver({}, trigger.testUrl);
	expect(trigger.started).toHaveLength(2);
});

it('takes a message that comes again ten minutes later for a new one', async () => {
	await deliver();
	const now = Date.now();
	const clock = jest.spyOn(Date, 'now').mockReturnValue(now + 10 * 60 * 1000 + 1);
	await deliver();
	clock.mockRestore();
	expect(trigger.started).toHaveLength(2);
});

it('takes what has no MessageSid for a new event each time', async () => {
	await trigger.deliver({ From: PERSON, Body: 'One' });
	await trigger.deliver({ From: PERSON, Body: 'Two' });
	expect(trigger.started).toHaveLength(2);
});

it('takes a query that the user added to an address entered by hand for part of it', async () => {
	expect((await deliver({}, `${trigger.url}?order=7`)).status).toBe(200);
});
