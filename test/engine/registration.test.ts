import { EngineTrigger } from '../support/engine/engineTrigger';
import type { TriggerOnTwilio } from '../support/engine/triggerOnTwilio';
import { startTriggerOnTwilio } from '../support/engine/triggerOnTwilio';
import { OUR_NUMBER, PERSON, startTwilioAccount } from '../support/twilioAccount';

const DEMO_URL = 'https://demo.twilio.com/welcome/sms/reply';
const RETRY = '#rc=3&rp=ct,rt,4xx,5xx';
const ELSEWHERE = 'https://user:secret@crm.example.com/sms?key=hidden#rc=2';

let twilio: TriggerOnTwilio;
let trigger: TriggerOnTwilio['trigger'];

beforeEach(async () => {
	twilio = await startTriggerOnTwilio();
	({ trigger } = twilio);
});

afterEach(async () => await twilio.close());

const number = (phoneNumber = OUR_NUMBER) => twilio.account.resources.number(phoneNumber)!;
/** Where texts to the number go, without Twilio's connection overrides. */
const webhook = (phoneNumber?: string) => number(phoneNumber).sms_url.replace(/#.*/, '');
const writes = () => twilio.account.requests.filter(({ method }) => method === 'POST');

describe('switching the workflow on', () => {
	it('points the number at the workflow with one update', async () => {
		await trigger.activate();
		expect(number().sms_url).toMatch(`${trigger.url}${RETRY}&n8nPrevious=`);
		expect(number().sms_method).toBe('POST');
		expect(writes()).toHaveLength(1);
	});

	it('leaves the fallback URL alone', async () => {
		number().sms_fallback_url = 'https://fallback.example.com/sms';
		await trigger.activate();
		expect(number().sms_fallback_url).toBe('https://fallback.example.com/sms');
	});

	it('takes the number that is exactly the one entered, not one that contains it', async () => {
		const longer = twilio.account.resources.addNumber({ phoneNumber: `${OUR_NUMBER}9` });
		twilio.account.resources.numbers.reverse();
		await trigger.activate();
		expect(longer.sms_url).toBe(DEMO_URL);
		expect(webhook()).toBe(trigger.url);
	});

	it('finds the number however it is written in the credential', async () => {
		for (const phoneNumber of ['(415) 555-0100 ', '1 (415) 555-0100']) {
			trigger.credential = { ...twilio.credential, phoneNumber };
			await expect(trigger.activate()).rejects.toThrow(
				`The credential's phone number "${phoneNumber}" does not begin with + and its country code`,
			);
		}
		trigger.credential = { ...twilio.credential, phoneNumber: ' +1 (415) 555-0100 ' };
		await trigger.activate();
		expect(webhook()).toBe(trigger.url);
	});

	it('listens to another number of the account when one is chosen', async () => {
		twilio.account.resources.addNumber({ phoneNumber: '+14155550111' });
		trigger.parameters = {
			listenOn: 'number',
			phoneNumber: { __rl: true, mode: 'list', value: '+14155550111' },
		};
		await trigger.activate();
		expect(webhook('+14155550111')).toBe(trigger.url);
		expect(number().sms_url).toBe(DEMO_URL);
	});

	it('says which number is missing when the account does not own it', async () => {
		trigger.credential = { ...twilio.credential, phoneNumber: '+14155550199' };
		await expect(trigger.activate()).rejects.toThrow(
			/\+14155550199 is not a number of this Twilio account.*credential of the account that owns it/,
		);
	});

	it('asks for a number when the credential has none', async () => {
		trigger.credential = { ...twilio.credential, phoneNumber: '' };
		await expect(trigger.activate()).rejects.toThrow(
			/no phone number.*enter your Twilio number in international form/,
		);
	});

	it('asks for the Auth Token beside an API key, since nothing else verifies a text', async () => {
		const { apiKey } = twilio.account;
		const withKey = { authType: 'apiKey', apiKeySid: apiKey.sid, apiKeySecret: apiKey.secret };
		trigger.credential = { ...twilio.credential, ...withKey, authToken: '' };
		await expect(trigger.activate()).rejects.toThrow(/no Auth Token.*beside the API key/);
		expect(number().sms_url).toBe(DEMO_URL);
		trigger.credential = { ...twilio.credential, ...withKey };
		await trigger.activate();
		expect(webhook()).toBe(trigger.url);
	});

	it('says what to do when the credential is wrong', async () => {
		trigger.credential = { ...twilio.credential, authToken: 'wrong' };
		await expect(trigger.activate()).rejects.toThrow(
			/did not accept this credential\. Open the credential.*"Authenticate"/,
		);
	});

	it('keeps no registration of an activation that failed', async () => {
		trigger.credential = { ...twilio.credential, authToken: 'wrong' };
		await expect(trigger.activate()).rejects.toThrow();
		expect(trigger.stored).toEqual({});
	});
});

describe('a number that is in use', () => {
	it('is left as it is, and what uses it is named without its secrets', async () => {
		number().sms_url = ELSEWHERE;
		const activation = trigger.activate();
		await expect(activation).rejects.toThrow(
			/Texts to \+14155550100 already go to https:\/\/crm\.example\.com\/sms\. .*"Replace"/,
		);
		await expect(activation).rejects.not.toThrow(/secret|hidden/);
		await trigger.deactivate();
		expect(number().sms_url).toBe(ELSEWHERE);
		expect(writes()).toEqual([]);
	});

	it('is taken over when told to, and given back with URL and method', async () => {
		Object.assign(number(), { sms_url: ELSEWHERE, sms_method: 'GET' });
		trigger.parameters = { onExistingWebhook: 'replace' };
		await trigger.activate();
		expect(number().sms_url).toMatch(`${trigger.url}${RETRY}&n8nPrevious=`);
		expect(number().sms_method).toBe('POST');
		await trigger.deactivate();
		expect(number()).toMatchObject({ sms_url: ELSEWHERE, sms_method: 'GET' });
	});

	it('counts as in use when a TwiML application has it, which would win over the URL', async () => {
		number().sms_application_sid = 'AP00000000000000000000000000000001';
		await expect(trigger.activate()).rejects.toThrow(
			/the TwiML application AP00000000000000000000000000000001/,
		);
		trigger.parameters = { onExistingWebhook: 'replace' };
		await trigger.activate();
		expect(number()).toMatchObject({ sms_application_sid: '' });
		expect(webhook()).toBe(trigger.url);
		await trigger.deactivate();
		expect(number()).toMatchObject({
			sms_url: DEMO_URL,
			sms_application_sid: 'AP00000000000000000000000000000001',
		});
	});

	it('is refused to a second workflow on the same number', async () => {
		number().sms_url = trigger.url.replace('6f1c2f0e', '11111111');
		await expect(trigger.activate()).rejects.toThrow('already go to');
	});

	it('is refused to the same workflow in another n8n', async () => {
		number().sms_url = trigger.url.replace('n8n.example.com', 'other.example.com');
		await expect(trigger.activate()).rejects.toThrow('already go to');
	});
});

describe('switching the workflow off', () => {
	it('puts the previous URL back and forgets the registration', async () => {
		await trigger.activate();
		await trigger.deactivate();
		expect(number().sms_url).toBe(DEMO_URL);
		expect(trigger.log).toEqual([expect.stringMatching(/is as it was before$/)]);
		expect(trigger.stored).toEqual({});
	});

	it('clears the URL of a number that had none', async () => {
		number().sms_url = '';
		await trigger.activate();
		await trigger.deactivate();
		expect(number().sms_url).toBe('');
	});

	it('leaves alone what someone changed meanwhile, and logs that', async () => {
		await trigger.activate();
		number().sms_url = 'https://somebody.example.com/sms';
		await trigger.deactivate();
		expect(number().sms_url).toBe('https://somebody.example.com/sms');
		expect(trigger.log).toContainEqual(expect.stringContaining('left as it is'));
		expect(trigger.stored).toEqual({});
	});

	it('goes by what was stored, not by the number chosen today', async () => {
		await trigger.activate();
		trigger.parameters = { listenOn: 'number', phoneNumber: '+14155550111' };
		await trigger.deactivate();
		expect(number().sms_url).toBe(DEMO_URL);
	});

	it('takes a number that was released for restored', async () => {
		await trigger.activate();
		twilio.account.resources.removeNumber(number().sid);
		await trigger.deactivate();
		expect(trigger.stored).toEqual({});
	});

	it('says what remains to be done when Twilio refuses, and can be tried again', async () => {
		Object.assign(number(), { sms_url: 'https://crm.example.com/sms' });
		trigger.parameters = { onExistingWebhook: 'replace' };
		await trigger.activate();
		trigger.credential = { ...twilio.credential, authToken: 'revoked' };
		await expect(trigger.deactivate()).rejects.toThrow(
			/\+14155550100 could not be put back.*Twilio Console.*enter https:\/\/crm\.example\.com\/sms/,
		);
		trigger.credential = twilio.credential;
		await trigger.deactivate();
		expect(number().sms_url).toBe('https://crm.example.com/sms');
	});

	it('does not take the number for gone when the credential is for another account', async () => {
		await trigger.activate();
		const other = await startTwilioAccount();
		trigger.credential = other.credential;
		await expect(trigger.deactivate()).rejects.toThrow('could not be put back');
		expect(trigger.stored).toHaveProperty('registration');
		await other.simulator.close();
	});
});

describe('two workflows that replace each other on one number', () => {
	const otherUrl = () => trigger.url.replace('6f1c2f0e', '11111111');

	beforeEach(() => {
		trigger.parameters = { onExistingWebhook: 'replace' };
	});

	it('are undone by switching the later one off first', async () => {
		number().sms_url = otherUrl();
		await trigger.activate();
		await trigger.deactivate();
		expect(number().sms_url).toBe(otherUrl());
		expect(trigger.log).toContainEqual(
			expect.stringMatching(/another workflow of this n8n: if that is not published/),
		);
	});

	it('do not lose track of what was there first: the first one off logs how to put it back', async () => {
		Object.assign(number(), { sms_url: ELSEWHERE, sms_method: 'GET' });
		await trigger.activate();
		number().sms_url = otherUrl();
		await trigger.deactivate();
		expect(number().sms_url).toBe(otherUrl());
		const log = trigger.log.join('\n');
		expect(log).toMatch(/left as it is.*enter https:\/\/crm\.example\.com\/sms with HTTP GET/);
		expect(log).not.toMatch(/secret|hidden/);
	});

	it.each(['unpublishing', 'publishing again', 'a restart of n8n'])(
		'are not undone behind the back of the later one: %s of the first one',
		async (event) => {
			number().sms_url = ELSEWHERE;
			await trigger.activate();
			const later = new EngineTrigger({
				credential: twilio.credential,
				parameters: { onExistingWebhook: 'replace' },
				webhookId: '11111111-1b53-4f5e-8d1c-2a9c3f4b5d6e',
			});
			await later.activate();
			const taken = number().sms_url;
			expect(taken).toMatch(`${later.url}${RETRY}&n8nPrevious=`);

			trigger.parameters = {};
			if (event === 'unpublishing') await trigger.deactivate();
			else {
				if (event === 'publishing again') await trigger.deactivate();
				await expect(trigger.activate()).rejects.toThrow('another workflow of this n8n');
				// n8n cleans up after a publication that failed, and tries again.
				await trigger.deactivate();
				await expect(trigger.activate()).rejects.toThrow('another workflow of this n8n');
			}
			expect(number().sms_url).toBe(taken);
		},
	);

	it('leave no such line behind where nothing was replaced', async () => {
		await trigger.activate();
		number().sms_url = otherUrl();
		await trigger.deactivate();
		expect(trigger.log).toEqual([expect.stringMatching(/left as it is$/)]);
	});
});

describe('n8n starting again', () => {
	it('finds its registration in place and does not touch the number', async () => {
		await trigger.activate();
		const before = writes().length;
		await trigger.activate();
		expect(writes()).toHaveLength(before);
	});

	it('finds it in place although the URL has other connection overrides', async () => {
		await trigger.activate();
		number().sms_url = `${trigger.url}#rc=5`;
		await trigger.activate();
		expect(number().sms_url).toBe(`${trigger.url}#rc=5`);
	});

	it('stays in service when Twilio cannot be asked', async () => {
		await trigger.activate();
		trigger.credential = { ...twilio.credential, baseUrl: 'http://127.0.0.1:9' };
		await trigger.activate();
		expect(trigger.log).toContainEqual(expect.stringContaining('could not check'));
	});

	it('moves the webhook along to a new public address and still restores the first URL', async () => {
		number().sms_url = 'https://crm.example.com/sms';
		trigger.parameters = { onExistingWebhook: 'replace' };
		await trigger.activate();
		trigger.publicUrl = 'https://new.example.com';
		trigger.parameters = {};
		await trigger.activate();
		expect(webhook()).toBe(trigger.url);
		await trigger.deactivate();
		expect(number().sms_url).toBe('https://crm.example.com/sms');
	});

	it('gives the old number back when another one is in the credential now', async () => {
		twilio.account.resources.addNumber({ phoneNumber: '+14155550111' });
		await trigger.activate();
		trigger.credential = { ...twilio.credential, phoneNumber: '+14155550111' };
		await trigger.activate();
		expect(number().sms_url).toBe(DEMO_URL);
		expect(webhook('+14155550111')).toBe(trigger.url);
	});
});

describe('listening for a test event', () => {
	it('takes the number over from production and gives it back', async () => {
		await trigger.activate();
		await trigger.startTestListen();
		expect(webhook()).toBe(trigger.testUrl);
		await trigger.stopTestListen();
		expect(webhook()).toBe(trigger.url);
		await trigger.deactivate();
		expect(number().sms_url).toBe(DEMO_URL);
	});

	it.each([1, 2])(
		'gives the number back to production though it is begun again before it has ended: %d',
		async (ends) => {
			Object.assign(number(), { sms_url: ELSEWHERE });
			trigger.parameters = { onExistingWebhook: 'replace' };
			await trigger.activate();
			await trigger.startTestListen();
			await trigger.startTestListen();
			for (let count = 0; count < ends; count++) await trigger.stopTestListen();
			expect(webhook()).toBe(trigger.url);
			await trigger.deactivate();
			expect(number().sms_url).toBe(ELSEWHERE);
		},
	);

	it('gives the number back to production though n8n has forgotten what it had stored', async () => {
		await trigger.activate();
		await trigger.startTestListen();
		trigger.forgetTestListen();
		await trigger.stopTestListen();
		expect(webhook()).toBe(trigger.url);
	});

	it('knows production for its own although the editor lives at another address', async () => {
		trigger.editorUrl = 'https://editor.example.com';
		await trigger.activate();
		await trigger.startTestListen();
		expect(number().sms_url).toMatch(/^https:\/\/editor\.example\.com\/webhook-test\//);
		await trigger.activate();
		expect(webhook()).toBe(trigger.url);
	});

	it('gives an inactive number back as it was', async () => {
		await trigger.startTestListen();
		await trigger.stopTestListen();
		expect(number().sms_url).toBe(DEMO_URL);
	});

	it('is refused like an activation on a number in use, and leaves production as it is', async () => {
		await trigger.activate();
		number().sms_url = 'https://crm.example.com/sms';
		await expect(trigger.startTestListen()).rejects.toThrow('already go to');
		await trigger.stopTestListen();
		expect(number().sms_url).toBe('https://crm.example.com/sms');
	});

	it('left behind by a crash, is taken back by production with the first URL kept', async () => {
		number().sms_url = 'https://crm.example.com/sms';
		trigger.parameters = { onExistingWebhook: 'replace' };
		await trigger.activate();
		await trigger.startTestListen();
		trigger.parameters = {};
		await trigger.activate();
		expect(webhook()).toBe(trigger.url);
		await trigger.deactivate();
		expect(number().sms_url).toBe('https://crm.example.com/sms');
	});

	it('receives at the test address', async () => {
		await trigger.startTestListen();
		const delivery = await twilio.account.receive({ from: PERSON, to: OUR_NUMBER, body: 'Hi' });
		expect(delivery).toMatchObject({ url: expect.stringContaining(trigger.testUrl), status: 200 });
		expect(trigger.started).toHaveLength(1);
	});
});

describe('an address that Twilio cannot reach', () => {
	const onTwilio = () => ({ ...twilio.credential, region: 'us1' });

	it.each(['http://localhost:5678', 'http://192.168.1.20:5678', 'https://n8n.local', ''])(
		'is refused with the remedies: %s',
		async (publicUrl) => {
			trigger.credential = onTwilio();
			trigger.publicUrl = publicUrl;
			await expect(trigger.activate()).rejects.toThrow(
				/Twilio cannot reach this n8n.*WEBHOOK_URL.*tunnel.*"Public URL"/,
			);
		},
	);

	it('is replaced by the option Public URL', async () => {
		trigger.publicUrl = 'http://localhost:5678';
		trigger.parameters = { options: { publicUrl: 'https://tunnel.example.com/n8n/' } };
		await trigger.activate();
		expect(webhook()).toMatch(/^https:\/\/tunnel\.example\.com\/n8n\/webhook\/.+\/webhook$/);
	});
});

describe('the number remembers whom it is to be given back to', () => {
	const OTHERS = 'https://crm.example.com/sms?key=1#rc=2';

	beforeEach(() => {
		number().sms_url = OTHERS;
		number().sms_method = 'GET';
		trigger.parameters = { onExistingWebhook: 'replace' };
	});

	it('when n8n has lost what it stored', async () => {
		await trigger.activate();
		delete trigger.stored.registration;
		await trigger.deactivate();
		expect(number()).toMatchObject({ sms_url: OTHERS, sms_method: 'GET' });
	});

	it('when n8n has lost what it stored and publishes again first', async () => {
		await trigger.activate();
		delete trigger.stored.registration;
		await trigger.activate();
		await trigger.deactivate();
		expect(number()).toMatchObject({ sms_url: OTHERS, sms_method: 'GET' });
	});

	it('when an execution that began earlier has stored another number over it', async () => {
		const other = twilio.account.resources.addNumber({ phoneNumber: '+14155550177' });
		other.sms_url = 'https://other.example.com/sms';
		trigger.parameters = {
			onExistingWebhook: 'replace',
			listenOn: 'number',
			phoneNumber: '+14155550177',
		};
		await trigger.activate();
		const outOfDate = { ...trigger.stored };
		trigger.parameters = { onExistingWebhook: 'replace' };
		await trigger.activate();
		Object.assign(trigger.stored, outOfDate);
		await trigger.deactivate();
		expect(number()).toMatchObject({ sms_url: OTHERS, sms_method: 'GET' });
		expect(other.sms_url).toBe('https://other.example.com/sms');
	});

	it('when what n8n stored is of an earlier registration', async () => {
		await trigger.activate();
		const registration = trigger.stored.registration as { snapshot: object };
		registration.snapshot = { SmsUrl: '', SmsMethod: 'POST', SmsApplicationSid: '' };
		await trigger.deactivate();
		expect(number()).toMatchObject({ sms_url: OTHERS, sms_method: 'GET' });
	});

	it('also after a test listen in between', async () => {
		await trigger.activate();
		await trigger.startTestListen();
		expect(webhook()).toBe(trigger.testUrl);
		await trigger.stopTestListen();
		expect(webhook()).toBe(trigger.url);
		delete trigger.stored.registration;
		await trigger.deactivate();
		expect(number()).toMatchObject({ sms_url: OTHERS, sms_method: 'GET' });
	});

	it('but n8n does when Twilio refuses an address with so much behind it', async () => {
		const body = { code: 21402, message: 'SmsUrl is not valid', status: 400 };
		twilio.account.conditions.fail({ method: 'POST', with: { status: 400, body } });
		await trigger.activate();
		expect(number().sms_url).toBe(`${trigger.url}${RETRY}`);
		await trigger.deactivate();
		expect(number()).toMatchObject({ sms_url: OTHERS, sms_method: 'GET' });
	});

	it('and texts are verified and taken although n8n has lost what it stored', async () => {
		await trigger.activate();
		delete trigger.stored.registration;
		await twilio.account.receive({ from: '+14155550123', to: OUR_NUMBER, body: 'Hi' });
		expect(trigger.started).toHaveLength(1);
	});

	it('without saying a secret of it in the log', async () => {
		number().sms_url = 'https://user:secret@crm.example.com/sms?key=hidden';
		await trigger.activate();
		delete trigger.stored.registration;
		await trigger.deactivate();
		expect(trigger.log.join(' ')).not.toMatch(/secret|hidden/);
		expect(trigger.log.join(' ')).toMatch(/is as it was before/);
	});
});

describe('the Auth Token beside an API key', () => {
	it('is checked, as a wrong one would refuse every text', async () => {
		trigger.credential = { ...twilio.apiKeyCredential, authToken: 'f'.repeat(32) };
		await expect(trigger.activate()).rejects.toThrow(
			/Auth Token is not the one of this Twilio account.*The API key is right/,
		);
		expect(writes()).toEqual([]);
	});

	it('may be right', async () => {
		trigger.credential = twilio.apiKeyCredential;
		await trigger.activate();
		expect(webhook()).toBe(trigger.url);
	});
});
