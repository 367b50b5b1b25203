import type { RequestListener } from 'node:http';
import { runTwilioSms } from '../support/engine/engine';
import type { TriggerOnTwilio } from '../support/engine/triggerOnTwilio';
import { startTriggerOnTwilio } from '../support/engine/triggerOnTwilio';
import { LoopbackServer } from '../support/loopbackServer';
import { OUR_NUMBER, PERSON } from '../support/twilioAccount';

const ELSEWHERE = 'https://user:secret@crm.example.com/sms?key=hidden';

let twilio: TriggerOnTwilio;
let trigger: TriggerOnTwilio['trigger'];

beforeEach(async () => {
	twilio = await startTriggerOnTwilio();
	({ trigger } = twilio);
	trigger.publicUrl = trigger.origin;
});

afterEach(async () => await twilio.close());

const number = () => twilio.account.resources.number(OUR_NUMBER)!;

async function check() {
	const { items, error } = await runTwilioSms(
		{ resource: 'phoneNumber', operation: 'checkIncoming' },
		twilio.credential,
		{ publicUrl: trigger.publicUrl },
	);
	expect(error).toBeUndefined();
	return items[0].json;
}

it('finds that texts reach a live workflow, and that the last one did', async () => {
	await trigger.activate();
	await twilio.account.receive({ from: PERSON, to: OUR_NUMBER, body: 'Hi' });
	expect(await check()).toMatchObject({
		verdict: 'ours',
		reachesN8n: true,
		whatToDo: null,
		phoneNumber: OUR_NUMBER,
		method: 'POST',
		lastMessage: { from: PERSON, errorCode: null },
	});
});

it('changes nothing and starts nothing', async () => {
	await trigger.activate();
	const before = JSON.stringify(number());
	trigger.started.length = 0;
	await check();
	expect(JSON.stringify(number())).toBe(before);
	expect(trigger.started).toEqual([]);
});

it('finds that no workflow listens any more at the address on the number', async () => {
	number().sms_url = trigger.url.replace('6f1c2f0e', '00000000');
	expect(await check()).toMatchObject({
		verdict: 'ours',
		reachesN8n: false,
		reason: expect.stringContaining('no published workflow listens'),
		whatToDo: expect.stringContaining('Publish a workflow'),
	});
});

it('finds that Twilio calls with GET, which the trigger does not take', async () => {
	await trigger.activate();
	number().sms_method = 'GET';
	expect(await check()).toMatchObject({
		verdict: 'ours',
		reachesN8n: false,
		reason: expect.stringContaining('with GET'),
	});
});

it.each(['', 'https://demo.twilio.com/welcome/sms/reply'])(
	'finds that nobody gets the texts: "%s"',
	async (url) => {
		number().sms_url = url;
		expect(await check()).toMatchObject({ verdict: 'free', reachesN8n: false });
	},
);

it('finds who else gets the texts, without repeating secrets in the explanation', async () => {
	number().sms_url = ELSEWHERE;
	const { reason, ...finding } = await check();
	expect(finding).toMatchObject({ verdict: 'foreign', reachesN8n: false });
	expect(reason).toContain('https://crm.example.com/sms');
	expect(reason).not.toMatch(/secret|hidden/);
});

it('follows a TwiML application', async () => {
	const application = twilio.account.resources.addApplication({
		friendlyName: 'Old app',
		smsUrl: 'https://app.example.com/sms',
	});
	number().sms_application_sid = application.sid;
	expect(await check()).toMatchObject({
		verdict: 'foreign',
		applicationSid: application.sid,
		url: 'https://app.example.com/sms',
		reason: expect.stringContaining(application.sid),
	});
});

it.each([
	['https://service.example.com/sms', /sends its texts to https:\/\/service/],
	[undefined, /drops the texts/],
])('follows a Messaging Service: %s', async (inboundRequestUrl, reason) => {
	await trigger.activate();
	const service = twilio.account.resources.addService({
		friendlyName: 'Front desk',
		numbers: [OUR_NUMBER],
		inboundRequestUrl,
	});
	expect(await check()).toMatchObject({
		verdict: 'service',
		reachesN8n: false,
		messagingServiceSid: service.sid,
		reason: expect.stringMatching(new RegExp(`"Front desk".*${reason.source}`)),
		whatToDo: expect.stringContaining("Defer to sender's webhook"),
	});
});

it("shows Twilio's error for the last incoming message", async () => {
	number().sms_url = `${trigger.origin}/gone`;
	await twilio.account.receive({ from: PERSON, to: OUR_NUMBER, body: 'Lost' });
	expect(await check()).toMatchObject({ lastMessage: { from: PERSON, errorCode: 11200 } });
});

it('does not believe that texts arrive when Twilio could not deliver the last one', async () => {
	await trigger.activate();
	const { sms_url } = number();
	number().sms_url = `${trigger.origin}/gone`;
	await twilio.account.receive({ from: PERSON, to: OUR_NUMBER, body: 'Lost' });
	number().sms_url = sms_url;
	expect(await check()).toMatchObject({
		verdict: 'ours',
		reachesN8n: false,
		reason: expect.stringContaining('error 11200'),
		whatToDo: expect.stringContaining("Check that n8n's address leads to it from the internet"),
	});
});

it('knows a workflow of this n8n by its path, at an address that n8n no longer has', async () => {
	await trigger.activate();
	number().sms_url = trigger.url.replace(trigger.origin, 'https://old-tunnel.example.com');
	expect(await check()).toMatchObject({
		verdict: 'olderAddress',
		reachesN8n: false,
		reason: expect.stringContaining('https://old-tunnel.example.com/'),
		whatToDo: expect.stringContaining(
			'Unpublish the workflow with that trigger and publish it again',
		),
	});
});

describe('a server that answers otherwise than n8n', () => {
	let answer: RequestListener;
	let asked: string[];
	let server: LoopbackServer;

	beforeEach(async () => {
		asked = [];
		server = await new LoopbackServer((request, response) => {
			asked.push(`${request.method}`);
			answer(request, response);
		}).listen();
		number().sms_url = trigger.url.replace(trigger.origin, server.origin);
		trigger.publicUrl = server.origin;
	});

	afterEach(async () => await server.close());

	it.each([200, 301, 403, 404, 405, 500, 502])(
		'with %i is not taken for n8n, and is asked with OPTIONS only, which runs nothing',
		async (status) => {
			answer = (_, response) => {
				response.writeHead(status, { location: 'https://elsewhere.example.com/' }).end('<html>');
			};
			expect(await check()).toMatchObject({ reachesN8n: false });
			expect(new Set(asked)).toEqual(new Set(['OPTIONS']));
		},
	);
});

it('finds that a trigger asks Twilio for the texts to the number', async () => {
	trigger.parameters = { receiveBy: 'polling' };
	await trigger.startPolling('activate');
	number().sms_url = ELSEWHERE;
	expect(await check()).toMatchObject({
		verdict: 'polled',
		reachesN8n: true,
		reason: expect.stringContaining('asks Twilio for the texts'),
		whatToDo: null,
	});
});

describe('with an API key that may not read Messaging Services', () => {
	beforeEach(() => {
		const services = { path: /^\/v1\/Services/, times: Infinity };
		twilio.account.conditions.fail({ ...services, with: { status: 403 } });
	});

	it('finds that texts reach a live workflow, and what is not known', async () => {
		await trigger.activate();
		expect(await check()).toMatchObject({
			verdict: 'ours',
			reachesN8n: true,
			reason: expect.stringContaining('unless the number is in a Messaging Service'),
		});
	});

	it('finds where else they go', async () => {
		number().sms_url = ELSEWHERE;
		expect(await check()).toMatchObject({ verdict: 'foreign', reachesN8n: false });
	});
});

it('asks no address but those of this n8n', async () => {
	number().sms_url = 'http://127.0.0.1:9/webhook/x';
	expect(await check()).toMatchObject({ verdict: 'foreign' });
});
