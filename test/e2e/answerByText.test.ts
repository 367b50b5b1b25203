import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import type { IDataObject } from 'n8n-workflow';
import { send } from '../simulator/outbound';
import { linkIn } from '../support/answerPage';
import { LoopbackServer } from '../support/loopbackServer';
import { askWorkflow } from '../support/n8n/askWorkflow';
import { importExamples } from '../support/n8n/importExamples';
import type { Instance } from '../support/n8n/instance';
import { startInstance } from '../support/n8n/instance';
import type { Credential } from '../support/n8n/n8nApi';
import { packPackage } from '../support/n8n/packPackage';
import { triggerWorkflow } from '../support/n8n/triggerWorkflow';
import type { StoredWorkflow } from '../support/n8n/workflowsApi';
import type { TwilioAccount } from '../support/twilioAccount';
import { OUR_NUMBER, PERSON, startTwilioAccount } from '../support/twilioAccount';
import { waitFor } from '../support/waitFor';

const SOMEBODY_ELSE = '+14155550177';
const SLOW_PERSON = '+14155550188';
const PUBLIC_URL = 'https://n8n.example.com/';

const TWO_BUTTONS = {
	approvalOptions: { values: { approvalType: 'double' } },
	options: { textReply: true },
};

let twilio: TwilioAccount;
let n8n: Instance;
let credential: Credential;
/** Of another workflow than those that ask. */
let trigger: StoredWorkflow;
let expired: Awaited<ReturnType<typeof ask>>;

beforeAll(async () => {
	// n8n cannot reach its own public address, as in many a network: only Twilio can.
	const route = (url: URL) =>
		url.href.startsWith(PUBLIC_URL) ? new URL(url.pathname + url.search, n8n.url) : url;
	twilio = await startTwilioAccount({ route, retryDelay: 100, statusDelay: 50 });
	n8n = await startInstance({ tarball: await packPackage(), publicUrl: PUBLIC_URL });
	credential = await n8n.api.createCredential('twilioSmsApi', twilio.credential);
	trigger = await n8n.api.createWorkflow(triggerWorkflow(credential, {}));
	expect(await n8n.api.activate(trigger.id)).toMatchObject({ status: 'published' });
	const limitWaitTime = {
		values: { limitType: 'afterTimeInterval', resumeAmount: 0.1, resumeUnit: 'minutes' },
	};
	// n8n looks once a minute, so the test that needs it comes later.
	expired = await ask({ to: SLOW_PERSON, options: { textReply: true, limitWaitTime } });
}, 900_000);

afterAll(async () => {
	await n8n?.dispose();
	await twilio?.simulator.close();
});

afterEach(() => {
	twilio.account.conditions.faults.length = 0;
});

const text = (body: string, from = PERSON) =>
	twilio.account.receive({ from, to: OUR_NUMBER, body });

/** Runs a workflow that asks, until it waits. */
async function ask(parameters: IDataObject = TWO_BUTTONS) {
	const workflow = await n8n.api.createWorkflow(
		askWorkflow(credential, { to: PERSON, message: 'Refund 40 USD?', ...parameters }),
	);
	const id = await n8n.api.runWorkflow(workflow.id, 'Start');
	const { status, error } = await n8n.api.waitForExecution(id);
	const body = String(twilio.account.messages.at(-1)?.body);
	return {
		error,
		status,
		body,
		currentStatus: async () => (await n8n.api.execution(id)).status,
		data: async () =>
			(await n8n.api.waitForExecution(id, 'success')).outputs.Ask[0][0].json.data as IDataObject,
		press: async (decision: string) => await post(linkIn(body), { decision }),
	};
}

/** As a phone posts a page's form: at the public address, which n8n 1 signs as well. */
async function post(link: string, form: Record<string, string>): Promise<void> {
	const { host, pathname, search } = new URL(link);
	const headers = { host, 'content-type': 'application/x-www-form-urlencoded' };
	const sent = request(new URL(pathname + search, n8n.url), { method: 'POST', headers });
	sent.end(new URLSearchParams(form).toString());
	const [response] = (await once(sent, 'response')) as [IncomingMessage];
	response.resume();
}

/** The texts that started the trigger's workflow while something was done. */
async function started(during: () => Promise<unknown>, count = 1): Promise<unknown[]> {
	const before = (await n8n.api.executions(trigger.id)).length;
	await during();
	if (count > 0) await n8n.api.waitForExecutions(trigger.id, before + count);
	// Long enough for one that should not have been.
	else await new Promise((resolve) => setTimeout(resolve, 700));
	const executions = (await n8n.api.executions(trigger.id)).slice(before);
	return executions.map(({ outputs }) => outputs['Twilio SMS Trigger'][0][0].json.body);
}

describe('a question', () => {
	it.each([
		[TWO_BUTTONS, 'Reply YES or NO, or open'],
		[
			{
				approvalOptions: { values: { approvalType: 'single' } },
				options: { textReply: true },
			},
			'Reply YES, or open',
		],
		[{ responseType: 'freeText', options: { textReply: true } }, 'Reply with your answer, or open'],
		[{ options: { textReply: true, textReplyHint: 'Text OK, or tap' } }, 'Text OK, or tap'],
	])('says how to answer by text: %j', async (parameters, hint) => {
		const asked = await ask(parameters);
		expect(asked.body.split('\n').slice(0, 2)).toEqual(['Refund 40 USD?', hint]);
		await text('yes');
		await asked.data();
	});

	it.each([
		[{ options: { textReply: true, contentRetention: 'discard' } }, /log.*hide it/],
		[{ options: { textReply: true, addressRetention: 'obfuscate' } }, /log.*hide it/],
		[
			{ fromType: 'number', from: { __rl: true, mode: 'number', value: 'MyShop' } },
			/nobody can text back to the sender ID "MyShop"/,
		],
	])('is not sent when the answer could not be found: %j', async (parameters, reason) => {
		const before = twilio.account.messages.length;
		const { status, error } = await ask({ ...TWO_BUTTONS, ...parameters });
		expect(status).toBe('error');
		expect(error?.message).toMatch(reason);
		expect(error?.description).toMatch(/Nothing was sent.*"Accept Answer by Text"/);
		expect(twilio.account.messages).toHaveLength(before);
	});

	it('is not sent from a number whose texts go elsewhere', async () => {
		const number = '+14155550133';
		twilio.account.resources.addNumber({
			phoneNumber: number,
			smsUrl: 'https://crm.example.com/sms',
		});
		const from = { fromType: 'number', from: { __rl: true, mode: 'number', value: number } };
		const { error } = await ask({ ...TWO_BUTTONS, ...from });
		expect(error?.message).toMatch(/texts to https:\/\/crm\.example\.com\/sms/);
	});
});

describe('an approval', () => {
	it.each([
		['YES', true],
		[' yes! ', true],
		['y', true],
		['👍🏽', true],
		['Approve', true],
		['No', false],
		['👎', false],
		['decline.', false],
	])('is given by the text %j, and no other workflow starts', async (body, approved) => {
		const asked = await ask();
		expect(asked.status).toBe('waiting');
		expect(
			await started(async () => expect(await text(body)).toMatchObject({ status: 200 }), 0),
		).toEqual([]);
		expect(await asked.data()).toEqual({
			approved,
			answeredBy: 'text',
			messageSid: twilio.account.messages.at(-1)?.sid,
			respondedAt: expect.any(String),
		});
	});

	it("is given by the buttons' own words, and is thanked for", async () => {
		const asked = await ask({
			approvalOptions: {
				values: { approvalType: 'double', approveLabel: 'Ship it', disapproveLabel: 'Hold on' },
			},
			options: { textReply: true, textReplyThanks: 'Thank you <3' },
		});
		await text('hold ON');
		expect(await asked.data()).toMatchObject({ approved: false });
		expect(twilio.account.messages.at(-1)).toMatchObject({ to: PERSON, body: 'Thank you <3' });
	});

	it('is still given on the page, which is told apart', async () => {
		const asked = await ask();
		await asked.press('approve');
		expect(await asked.data()).toMatchObject({ approved: true, answeredBy: 'link' });
	});

	it('survives a power cut', async () => {
		const asked = await ask();
		await n8n.kill();
		await n8n.restart();
		await waitFor('the webhook', 30_000, async () => {
			await text('YES');
			return (await asked.currentStatus()) === 'success' || undefined;
		});
		expect(await asked.data()).toMatchObject({ approved: true });
	});

	it('is given to a question from a Messaging Service', async () => {
		const service = twilio.account.resources.addService({
			friendlyName: 'Desk',
			numbers: [OUR_NUMBER],
			useInboundWebhookOnNumber: true,
		});
		const messagingServiceSid = { __rl: true, mode: 'sid', value: service.sid };
		const asked = await ask({ ...TWO_BUTTONS, fromType: 'messagingService', messagingServiceSid });
		await text('YES');
		expect(await asked.data()).toMatchObject({ approved: true });
		twilio.account.resources.removeService(service.sid);
	});

	it('goes to the older of two questions where the channel says that it replies to that one', async () => {
		const [older, newer] = [await ask(), await ask()];
		const sid = twilio.account.messages.find(({ body }) => body === older.body)!.sid;
		const reply = { from: PERSON, to: OUR_NUMBER, body: 'YES' };
		await twilio.account.receive({ ...reply, extra: { OriginalRepliedMessageSid: sid } });
		expect(await older.data()).toMatchObject({ approved: true, answeredBy: 'text' });
		expect(await newer.currentStatus()).toBe('waiting');
		await newer.press('approve');
	});

	it('that comes while n8n still stores the question is not lost', async () => {
		const count = twilio.account.messages.length;
		const asked = ask();
		await waitFor('the question', 10_000, async () => twilio.account.messages[count]);
		await text('YES');
		expect(await (await asked).data()).toMatchObject({ approved: true });
	});
});

it('a few words answer a question for free text', async () => {
	const asked = await ask({ responseType: 'freeText', options: { textReply: true } });
	await text('At ten,\nplease 👍');
	expect(await asked.data()).toMatchObject({ text: 'At ten,\nplease 👍', answeredBy: 'text' });
});

describe('a text starts the workflow as ever', () => {
	it.each(['Maybe', 'yes but when?', 'STOP', 'Cancel', 'HELP'])(
		'when it decides nothing: %s',
		async (body) => {
			const asked = await ask();
			expect(await started(async () => await text(body))).toEqual([body]);
			expect(await asked.currentStatus()).toBe('waiting');
			if (['STOP', 'Cancel'].includes(body)) await text('START');
			await asked.press('approve');
		},
	);

	it('when somebody else sent it', async () => {
		const asked = await ask();
		expect(await started(async () => await text('YES', SOMEBODY_ELSE))).toEqual(['YES']);
		expect(await asked.currentStatus()).toBe('waiting');
		await asked.press('approve');
	});

	it('when the question takes no texts', async () => {
		const asked = await ask({ options: {} });
		expect(asked.body).not.toContain('Reply');
		expect(await started(async () => await text('YES'))).toEqual(['YES']);
		expect(await asked.currentStatus()).toBe('waiting');
		await asked.press('approve');
	});

	it('when the question was answered on the page', async () => {
		const asked = await ask();
		await asked.press('approve');
		await asked.data();
		expect(await started(async () => await text('NO'))).toEqual(['NO']);
		expect(await asked.data()).toMatchObject({ approved: true });
	});

	it('when the question has expired', async () => {
		await waitFor('the end of the waiting', 90_000, async () =>
			(await expired.currentStatus()) === 'success' ? true : undefined,
		);
		expect(await started(async () => await text('YES', SLOW_PERSON))).toEqual(['YES']);
	});

	it('when only the older of two questions is still open', async () => {
		const [older, newer] = [await ask(), await ask()];
		await text('YES');
		expect(await newer.data()).toMatchObject({ approved: true });
		expect(await older.currentStatus()).toBe('waiting');
		expect(await started(async () => await text('YES'))).toEqual(['YES']);
		await older.press('approve');
	});

	it('when a message links to somewhere else, which is not called', async () => {
		let calls = 0;
		const elsewhere = await new LoopbackServer((_, response) => {
			calls++;
			response.end('{"taken":true}');
		}).listen();
		const signature = 'a'.repeat(64);
		for (const link of [
			`${elsewhere.origin}/webhook-waiting/1/ask?signature=${signature}`,
			`${elsewhere.origin}/webhook-waiting/../../rest/ask?signature=${signature}`,
			`http://n8n@${elsewhere.origin.slice(7)}/webhook-waiting/1/ask?signature=${signature}`,
		]) {
			send(twilio.account, {
				direction: 'outbound-api',
				from: OUR_NUMBER,
				to: PERSON,
				body: `Hi ${link}`,
				mediaUrls: [],
			});
			expect(await started(async () => await text('YES'))).toEqual(['YES']);
		}
		expect(calls).toBe(0);
		await elsewhere.close();
	});

	it.each([
		['fails', { status: 503 }],
		['is too busy', { status: 429 }],
		['is too slow', { delay: 20_000 }],
	] as const)('within 15 seconds when Twilio %s, with a line in the log', async (_, failure) => {
		const asked = await ask();
		twilio.account.conditions.fail({
			method: 'GET',
			path: /Messages/,
			with: failure,
			times: Infinity,
		});
		// At the first attempt, for which Twilio waits 15 seconds.
		const inTime = { status: 200, attempts: 1 };
		const bodies = await started(async () => {
			expect(await text('YES')).toMatchObject(inTime);
		});
		expect(bodies).toEqual(['YES']);
		expect(n8n.log()).toMatch(/could not be found out whether it answers a question/);
		expect(await asked.currentStatus()).toBe('waiting');
		await asked.press('approve');
	});
});

it("the example has the owner answer a customer's question by text", async () => {
	const OWNER = '+12025550188';
	const { 'answer-by-text': example } = await importExamples(n8n.api, credential);
	await n8n.api.deactivate(trigger.id);
	expect(await n8n.api.activate(example.id)).toMatchObject({ status: 'published' });
	await text('Are you open on Sunday?', SOMEBODY_ELSE);
	await waitFor('the question', 10_000, async () =>
		twilio.account.messages.find(({ to, body }) => to === OWNER && body?.includes('Sunday')),
	);
	await n8n.api.waitForExecutions(example.id, 1);
	await text('Yes, from ten to four', OWNER);
	const answer = await waitFor('the answer', 10_000, async () =>
		twilio.account.messages.find(
			({ to, body }) => to === SOMEBODY_ELSE && body?.includes('from ten'),
		),
	);
	expect(answer).toMatchObject({ from: OUR_NUMBER, body: 'Yes, from ten to four' });
	await n8n.api.deactivate(example.id);
	expect(await n8n.api.activate(trigger.id)).toMatchObject({ status: 'published' });
});

it('an unsigned text answers nothing', async () => {
	const asked = await ask();
	const { pathname } = new URL(twilio.account.resources.number(OUR_NUMBER)!.sms_url!);
	const body = new URLSearchParams({
		From: PERSON,
		To: OUR_NUMBER,
		Body: 'YES',
		MessageSid: 'SM1',
	});
	const { status } = await fetch(new URL(pathname, n8n.url), { method: 'POST', body });
	expect(status).toBe(403);
	expect(await asked.currentStatus()).toBe('waiting');
	await asked.press('approve');
});

// Its last question stays open.
it('several questions in a loop are each answered by text', async () => {
	const json = askWorkflow(credential, { to: PERSON, message: 'Again?', ...TWO_BUTTONS });
	json.connections.Ask = { main: [[{ node: 'Ask', type: 'main', index: 0 }]] };
	const workflow = await n8n.api.createWorkflow(json);
	const id = await n8n.api.runWorkflow(workflow.id, 'Start');
	for (const round of [1, 2, 3]) {
		await n8n.api.waitForExecution(id, 'waiting');
		const { body } = twilio.account.messages.at(-1)!;
		expect(String(body)).toContain('Again?');
		await started(async () => await text('YES'), 0);
		await waitFor(`question ${round + 1}`, 10_000, async () =>
			twilio.account.messages.at(-1)!.body !== body &&
			String(twilio.account.messages.at(-1)!.body).includes('Again?')
				? true
				: undefined,
		);
	}
});

it('asks Twilio nothing when the trigger is told not to pass on answers', async () => {
	const asked = await ask();
	await n8n.api.deactivate(trigger.id);
	const alone = await n8n.api.createWorkflow(
		triggerWorkflow(credential, { options: { passOnAnswers: false } }),
	);
	expect(await n8n.api.activate(alone.id)).toMatchObject({ status: 'published' });
	const lookUps = () =>
		twilio.account.requests.filter(
			({ method, path, query }) =>
				method === 'GET' &&
				path.includes('Messages') &&
				query.some(([name, value]) => name === 'To' && value === PERSON),
		).length;
	const before = lookUps();
	await text('YES');
	await n8n.api.waitForExecutions(alone.id, 1);
	expect(lookUps()).toBe(before);
	expect(await asked.currentStatus()).toBe('waiting');
	await n8n.api.deactivate(alone.id);
	await asked.press('approve');
});
