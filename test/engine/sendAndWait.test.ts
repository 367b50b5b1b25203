import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebhookContext } from 'n8n-core';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { notePolled } from '../../nodes/TwilioSms/shared/polledNumbers';
import type { AskingOptions } from '../support/engine/asking';
import { ASK, Asking, customForm, QUESTION, slowly } from '../support/engine/asking';
import { toNodeRun, twilioSmsWorkflow } from '../support/engine/engine';
import { OUR_NUMBER, PERSON } from '../support/twilioAccount';

let asking: Asking;

beforeEach(async () => {
	asking = await Asking.start();
});

afterEach(async () => await asking.close());

const respondedAt = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string;

const ANNA = '+14155550124';

const approveOrDecline = (labels: INodeParameters = {}) => ({
	approvalOptions: { values: { approvalType: 'double', ...labels } },
});

/** Starts again with something else. */
async function restart(options: AskingOptions) {
	await asking.close();
	asking = await Asking.start(options);
}

describe('the message', () => {
	it('asks, with a link below that n8n has signed, and the workflow waits', async () => {
		const { error, waitTill, status } = await asking.ask();
		expect(error).toBeUndefined();
		expect(status).toBe('waiting');
		expect(waitTill).toEqual(new Date('3000-01-01T00:00:00.000Z'));
		expect(asking.messages).toMatchObject([{ from: OUR_NUMBER, to: PERSON }]);
		const [text, url, ...more] = String(asking.messages[0].body).split('\n');
		expect([text, more]).toEqual([QUESTION, []]);
		expect(url).toMatch(
			/^https:\/\/n8n\.example\.com\/webhook-waiting\/\d+\/twilio\?signature=[0-9a-f]{64}$/,
		);
		expect(asking.forms).toEqual([{ From: OUR_NUMBER, To: PERSON, Body: asking.messages[0].body }]);
	});

	it('goes out by WhatsApp from and to addresses of WhatsApp', async () => {
		await asking.ask({ channel: 'whatsapp' });
		expect(asking.forms).toMatchObject([
			{ From: `whatsapp:${OUR_NUMBER}`, To: `whatsapp:${PERSON}` },
		]);
	});

	it('keeps the options of a message', async () => {
		await asking.ask({ options: { smartEncoded: true, validityPeriod: 60 } });
		expect(asking.forms).toMatchObject([{ SmartEncoded: 'true', ValidityPeriod: '60' }]);
	});

	it('that is longer than Twilio takes is cut, and the page shows all of it', async () => {
		const message = `${'A long story. '.repeat(200)}THE END`;
		await asking.ask({ message });
		const body = String(asking.messages[0].body);
		expect(body).toHaveLength(1600);
		expect(body).toMatch(/A long sto[^\n]*\.\.\.\nhttps:\S+$/);
		expect(await (await asking.open()).text()).toContain(message);
	});
});

describe('opening the link', () => {
	it.each([
		[
			'a browser',
			'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
		],
		['WhatsApp', 'WhatsApp/2.23.20.0'],
		[
			'iMessage',
			'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0',
		],
		['Slack', 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)'],
		['Facebook', 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)'],
	])('decides nothing: %s', async (_, userAgent) => {
		await asking.ask();
		const page = await asking.open({ headers: { 'user-agent': userAgent } });
		expect(page.status).toBe(200);
		expect(await page.text()).toContain('method="post"');
		expect(asking.answer).toBeUndefined();
	});

	it('decides nothing: a virus scanner that does not say what it is', async () => {
		await asking.ask();
		// Unlike `fetch` it sends no header of its own.
		const [page] = (await once(get(asking.engine.route(new URL(asking.link))), 'response')) as [
			IncomingMessage,
		];
		page.resume();
		expect(page.statusCode).toBe(200);
		expect(asking.answer).toBeUndefined();
	});

	it('decides nothing either with a decision in the address', async () => {
		await asking.ask();
		await asking.open({}, `${asking.link}&decision=approve`);
		expect(asking.answer).toBeUndefined();
	});

	it('any number of times leaves it open to be answered', async () => {
		await asking.ask();
		for (let times = 0; times < 3; times++) await asking.open();
		await asking.post({ decision: 'approve' });
		expect(asking.answer).toHaveLength(1);
	});

	it.each(['question', 'refusal', 'thanks'])(
		'shows a page that nothing can get into or out of: %s',
		async (kind) => {
			await asking.ask();
			const decision = kind === 'thanks' ? 'approve' : 'perhaps';
			const { headers } = await (kind === 'question' ? asking.open() : asking.post({ decision }));
			const policy = headers.get('content-security-policy')!.split('; ');
			expect(policy).toEqual(
				expect.arrayContaining([
					expect.stringMatching(/^sandbox (?!.*allow-same-origin)/),
					"default-src 'none'",
					"base-uri 'none'",
					"frame-ancestors 'none'",
				]),
			);
			expect(headers.get('cache-control')).toBe('no-store');
			expect(headers.get('referrer-policy')).toBe('no-referrer');
			expect(headers.get('x-content-type-options')).toBe('nosniff');
			expect(headers.get('x-robots-tag')).toBe('noindex');
			expect(headers.get('content-type')).toMatch(/^text\/html; charset=utf-8$/i);
		},
	);

	it('shows the message as text, whatever it holds', async () => {
		await asking.ask({ message: '<script>alert(1)</script> & "more"' });
		const page = await (await asking.open()).text();
		expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;');
		expect(page).not.toContain('<script');
	});
});

const APPROVE_ONLY = { approvalOptions: { values: { approvalType: 'single' } } };

describe('a text that a trigger passes on', () => {
	const pass = async (messageSid: string, isSlow = false) => {
		const body = JSON.stringify({ textAnswer: { body: 'YES', messageSid } });
		const headers = { 'content-type': 'application/json' };
		const sent = isSlow ? slowly(body) : { body };
		return await (await asking.open({ method: 'POST', headers, ...sent })).json();
	};

	beforeEach(async () => {
		// Nothing else tells that a trigger of this n8n listens.
		notePolled(asking.twilio.account.sid, OUR_NUMBER);
		const options = { textReply: true, textReplyThanks: 'Thanks!' };
		expect(await asking.ask({ options })).toMatchObject({ status: 'waiting' });
	});

	it.each([
		['is its answer, and no other text', 'SM2', { taken: false }],
		// n8n did not say in time what became of the first time.
		['is its answer also when it is passed on again', 'SM1', { taken: true, reply: '' }],
	])('%s', async (_, messageSid, outcome) => {
		const late = pass(messageSid, true);
		await sleep(100);
		expect(await pass('SM1')).toEqual({ taken: true, reply: 'Thanks!' });
		expect(await late).toEqual(outcome);
		expect(asking.answer).toMatchObject([{ data: { approved: true, messageSid: 'SM1' } }]);
	});
});

describe('an approval', () => {
	it('is taken once though n8n has let in another one before it was answered', async () => {
		await asking.ask();
		const headers = { 'content-type': 'application/x-www-form-urlencoded' };
		const late = asking.open({ method: 'POST', headers, ...slowly('decision=decline') });
		await sleep(100);
		await asking.post({ decision: 'approve' });
		const page = await late;
		expect([page.status, await page.text()]).toEqual([
			409,
			expect.stringContaining('Already answered'),
		]);
		expect(asking.answer).toEqual([{ data: { approved: true, respondedAt } }]);
	});

	it('goes on with it, and the person is thanked', async () => {
		await asking.ask();
		const page = await asking.post({ decision: 'approve' });
		expect(page.status).toBe(200);
		expect(await page.text()).toContain('<h1>Thank you</h1>');
		expect(asking.answer).toEqual([{ data: { approved: true, respondedAt } }]);
		const { items } = toNodeRun(await asking.engine.goOn());
		expect(items.map(({ json }) => json)).toEqual([{ data: { approved: true, respondedAt } }]);
	});

	it('is taken from a browser that posts the form the other way', async () => {
		await asking.ask();
		await asking.open({ method: 'POST', body: new URLSearchParams({ decision: 'approve' }) });
		expect(asking.answer).toEqual([{ data: { approved: true, respondedAt } }]);
	});

	it('can be declined if that was offered', async () => {
		await asking.ask(approveOrDecline({ approveLabel: 'Yes & go', disapproveLabel: 'No <way>' }));
		const page = await (await asking.open()).text();
		expect(page).toContain('value="approve" dir="auto">Yes &amp; go</button>');
		expect(page).toContain('value="decline" dir="auto">No &lt;way&gt;</button>');
		await asking.post({ decision: 'decline' });
		expect(asking.answer).toEqual([{ data: { approved: false, respondedAt } }]);
	});

	it('has two buttons unless one is wanted', async () => {
		await asking.ask();
		const page = await (await asking.open()).text();
		expect(page).toMatch(/>Approve<\/button>.*>Decline<\/button>/s);
	});

	it('has one button if only that is wanted', async () => {
		await asking.ask(APPROVE_ONLY);
		const page = await (await asking.open()).text();
		expect(page.match(/<button/g)).toHaveLength(1);
		expect(page).toContain('>Approve</button>');
	});

	it('is thanked for in its own words, and the page says who asks', async () => {
		const options = { responseFormTitle: 'The Corner <Shop>' };
		await asking.ask({ ...approveOrDecline({ disapproveLabel: 'Not <now>' }), options });
		expect(await (await asking.open()).text()).toContain(
			'<h1 dir="auto">The Corner &lt;Shop&gt;</h1>',
		);
		const page = await asking.post({ decision: 'decline' });
		expect(await page.text()).toContain('Your answer &quot;Not &lt;now&gt;&quot; has arrived');
	});

	it.each<[string, Record<string, string | string[]>]>([
		['a decline that was not offered', { decision: 'decline' }],
		['an empty form', {}],
		['a decision that there is not', { decision: 'constructor' }],
		['two decisions', { decision: ['approve', 'decline'] }],
		['an approval under another name', { approved: 'true' }],
	])('is asked for again after %s', async (_, values) => {
		await asking.ask(APPROVE_ONLY);
		const page = await asking.post(values);
		expect(page.status).toBe(400);
		expect(await page.text()).toContain('value="approve"');
		expect(asking.answer).toBeUndefined();
	});

	it.each([
		['no body', {}],
		['plain text', { body: 'decision=approve', headers: { 'content-type': 'text/plain' } }],
	])('is asked for again after a POST with %s', async (_, init) => {
		await asking.ask();
		const page = await asking.open({ method: 'POST', ...init });
		expect(page.status).toBe(400);
		expect(asking.answer).toBeUndefined();
	});

	it('is taken once', async () => {
		await asking.ask(approveOrDecline());
		await asking.post({ decision: 'approve' });
		await asking.post({ decision: 'decline' });
		expect(asking.answer).toEqual([{ data: { approved: true, respondedAt } }]);
	});
});

describe('in a loop', () => {
	it('the link of an earlier question does not answer a later one', async () => {
		await asking.askTwice();
		const first = asking.link;
		await asking.post({ decision: 'approve' });
		expect((await asking.engine.goOn()).status).toBe('waiting');
		const second = asking.link;
		expect(second).toMatch(/\?round=1&signature=[0-9a-f]{64}$/);
		for (const page of [
			await asking.open({}, first),
			await asking.post({ decision: 'approve' }, first),
		]) {
			expect(page.status).toBe(404);
			expect(await page.text()).not.toContain('<form');
		}
		expect(asking.answer).toBeUndefined();
		expect((await asking.open({}, second)).status).toBe(200);
		await asking.post({ decision: 'approve' }, second);
		expect(asking.answer).toEqual([{ data: { approved: true, respondedAt } }]);
	});
});

describe('the time to wait', () => {
	const limit = (values: IDataObject) => ({ options: { limitWaitTime: { values } } });

	it('can be limited to an interval, after which the workflow goes on with the input', async () => {
		const values = { limitType: 'afterTimeInterval', resumeAmount: 1.5, resumeUnit: 'hours' };
		const before = Date.now();
		const { waitTill } = await asking.ask(limit(values), { items: [{ name: 'Anna' }] });
		const waited = waitTill!.getTime() - 5_400_000;
		expect(waited).toBeGreaterThanOrEqual(before);
		expect(waited).toBeLessThanOrEqual(Date.now());
		const { items } = toNodeRun(await asking.engine.goOn());
		expect(items.map(({ json }) => json)).toEqual([{ name: 'Anna' }]);
	});

	it("can be limited to a time, in the workflow's time zone", async () => {
		const maxDateAndTime = '2090-07-01T14:00:00';
		const parameters = { ...ASK, ...limit({ limitType: 'atSpecifiedTime', maxDateAndTime }) };
		const { waitTill } = await asking.engine.run({
			...twilioSmsWorkflow(parameters as unknown as INodeParameters),
			settings: { timezone: 'Asia/Tokyo' },
		});
		expect(waitTill).toEqual(new Date('2090-07-01T05:00:00Z'));
	});

	it.each<[string, IDataObject]>([
		[
			'a time that is over',
			{ limitType: 'atSpecifiedTime', maxDateAndTime: '2020-01-01T00:00:00' },
		],
		['no time', { limitType: 'atSpecifiedTime', maxDateAndTime: '' }],
		['nothing', { limitType: 'afterTimeInterval', resumeAmount: 0, resumeUnit: 'hours' }],
	])('is refused before anything is sent if it is %s', async (_, values) => {
		const { error, waitTill } = await asking.ask(limit(values));
		expect(error?.message).toBe('The option "Limit Wait Time" leaves no time to wait');
		expect(waitTill).toBeUndefined();
		expect(asking.forms).toEqual([]);
	});
});

describe('before anything is sent', () => {
	it('says that only one person can be asked when several items come in', async () => {
		const { error, waitTill } = await asking.ask({}, { items: [{}, {}, {}] });
		expect(error?.message).toBe('Only one person can be asked at a time, but 3 items came in');
		expect(error?.description).toMatch(/^Nothing was sent\. .*"Loop Over Items".*"Execute Once"/);
		expect(waitTill).toBeUndefined();
		expect(asking.forms).toEqual([]);
	});

	it('asks for the first of several items if the node is to run once', async () => {
		const message = '=Hello {{ $json.name }}?';
		const items = [{ name: 'Anna' }, { name: 'Ben' }];
		const { error, status } = await asking.ask({ message }, { items, executeOnce: true });
		expect([error, status]).toEqual([undefined, 'waiting']);
		expect(asking.messages.map(({ body }) => String(body).split('\n')[0])).toEqual(['Hello Anna?']);
		expect(await (await asking.open()).text()).toContain('Hello Anna?');
	});

	it('says that only one person can be asked when "To" has several numbers', async () => {
		const { error } = await asking.ask({ to: `${PERSON}, ${ANNA}` });
		expect(error?.message).toBe(
			'Only one person can be asked at a time, but "To" has several numbers',
		);
		expect(error?.description).toMatch(/^Nothing was sent\./);
		expect(asking.forms).toEqual([]);
	});

	it.each([' \n', '={{ "" }}', '={{ null }}'])(
		'says that the message is empty: %j',
		async (message) => {
			const { error } = await asking.ask({ message });
			expect(error?.message).toBe('The message is empty');
			expect(asking.forms).toEqual([]);
		},
	);
});

describe('a link that no phone can open', () => {
	const LOCAL = [
		'http://localhost:5678',
		'http://localhost.:5678',
		'http://n8n.localhost',
		'http://127.0.0.1:5678',
		'http://127.1:5678',
		'http://0.0.0.0:5678',
		'http://[::1]:5678',
		'http://[::ffff:127.0.0.1]:5678',
	];

	const askFrom = async (publicUrl: string, region: string) => {
		await restart({ publicUrl, credential: { region } });
		return await asking.ask();
	};

	it.each(LOCAL)('is not sent: %s', async (publicUrl) => {
		const { error, waitTill } = await askFrom(publicUrl, 'us1');
		expect(error?.message).toBe(
			`No phone can open a link to this n8n at ${new URL(publicUrl).origin}`,
		);
		expect(error?.description).toMatch(/WEBHOOK_URL/);
		expect(waitTill).toBeUndefined();
		expect(asking.forms).toEqual([]);
	});

	it.each(LOCAL)("is sent by a Twilio of one's own: %s", async (publicUrl) => {
		const { error, status } = await askFrom(publicUrl, 'custom');
		expect([error, status]).toEqual([undefined, 'waiting']);
		expect(asking.link.startsWith(new URL(publicUrl).href)).toBe(true);
	});
});

describe('when Twilio does not send the message', () => {
	const refuse = () => {
		const body = { code: 21211, message: "The 'To' number is not valid", status: 400 };
		asking.twilio.account.conditions.fail({ method: 'POST', with: { status: 400, body } });
	};
	const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };

	it('says so at once, and nothing waits', async () => {
		refuse();
		const { error, waitTill, status } = await asking.ask();
		expect(error?.description).toMatch(/21211/);
		expect([waitTill, status]).toEqual([undefined, 'error']);
	});

	it('gives an item that says so if the node continues on errors, and nothing waits', async () => {
		refuse();
		const { items, waitTill, status } = await asking.ask({}, { onError: 'continueRegularOutput' });
		expect(items).toMatchObject([{ json: { error: expect.any(String) as string } }]);
		expect([waitTill, status]).toEqual([undefined, 'success']);
	});

	it('says so as well if it fails a moment later, and nothing waits', async () => {
		const body = { sid: 'SM1', status: 'failed', error_code: 30003 };
		asking.twilio.account.conditions.fail({ method: 'POST', with: { status: 201, body } });
		const { error, waitTill } = await asking.ask();
		expect(error?.message).toMatch(/: Twilio could not deliver the message \(status "failed"\)$/);
		expect(error?.description).toMatch(/30003/);
		expect(waitTill).toBeUndefined();
	});

	it('tries again if the node is to, and waits then', async () => {
		refuse();
		const { error, status } = await asking.ask({}, RETRY);
		expect([error, status]).toEqual([undefined, 'waiting']);
		expect(asking.messages).toHaveLength(1);
	});

	// n8n takes a node whose first item has such a field for failed, and runs it again.
	it.each([{ error: 'The CRM is down' }, { error: null }])(
		'does not ask again because of what came in: %j',
		async (item) => {
			const { error, status, waitTill } = await asking.ask({}, { ...RETRY, items: [item] });
			expect([error, status]).toEqual([undefined, 'waiting']);
			expect(waitTill).toEqual(new Date('3000-01-01T00:00:00.000Z'));
			expect(asking.messages).toHaveLength(1);
			await asking.post({ decision: 'approve' });
			expect(asking.answer).toEqual([{ data: { approved: true, respondedAt } }]);
		},
	);

	it('does not try again when it may have gone out', async () => {
		asking.twilio.account.conditions.fail({ method: 'POST', with: 'reset-after' });
		const { error, waitTill } = await asking.ask({}, RETRY);
		expect(error?.message).toBe(`It is not known whether Twilio sent the message to ${PERSON}`);
		expect(waitTill).toBeUndefined();
		expect(asking.messages).toHaveLength(1);
	});
});

describe('when something fails while it waits', () => {
	afterEach(() => jest.restoreAllMocks());

	it.each(['GET', 'POST'])('says so to a %s, and goes on waiting', async (method) => {
		await asking.ask();
		jest.spyOn(WebhookContext.prototype, 'getNodeParameter').mockImplementation(() => {
			throw new Error('Secret detail');
		});
		const page = await asking.open({ method });
		expect(page.status).toBe(500);
		expect(page.headers.get('content-security-policy')).toContain('sandbox');
		const html = await page.text();
		expect(html).toContain('Your answer was not taken. Please try again later.');
		expect(html).not.toContain('Secret detail');
		expect(asking.engine.log).toEqual([
			'Twilio SMS: the page for the answer failed: Secret detail',
		]);
		jest.restoreAllMocks();
		await asking.post({ decision: 'approve' });
		expect(asking.answer).toEqual([{ data: { approved: true, respondedAt } }]);
	});

	it('goes on waiting for a file that got lost', async () => {
		await asking.ask(customForm({ fieldLabel: 'Bill', fieldType: 'file' }));
		asking.engine.loseUploads();
		const body = new FormData();
		body.append('field-0', new File(['One'], 'a.txt'));
		expect((await asking.open({ method: 'POST', body })).status).toBe(500);
		expect(asking.answer).toBeUndefined();
	});
});
