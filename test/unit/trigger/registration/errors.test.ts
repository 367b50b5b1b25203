import type { IHookFunctions, INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { refusedError } from '../../../../nodes/TwilioSms/twilio/errors';
import type { TwilioMessagingService } from '../../../../nodes/TwilioSms/twilio/types';
import {
	inUseError,
	missingAuthTokenError,
	noServiceError,
	notOwnedError,
	otherAccountError,
	otherApiError,
	restoreFailedError,
	sayingWhatToDo,
	serviceInFrontError,
	statusOfNumberError,
	useOf,
	wrongAuthTokenError,
} from '../../../../nodes/TwilioSms/trigger/registration/errors';
import { redactUrl } from '../../../../nodes/TwilioSms/twilio/webhookUrl';
import type { Registration } from '../../../../nodes/TwilioSms/trigger/registration/snapshot';
import type { Target } from '../../../../nodes/TwilioSms/trigger/registration/target';

const NODE: INode = {
	id: '1',
	name: 'Twilio SMS Trigger',
	type: 'n8n-nodes-twilio-sms.twilioSmsTrigger',
	typeVersion: 2,
	position: [0, 0],
	parameters: {},
};
const APPLICATION = 'APaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';

const NUMBER: Target = {
	kind: 'phoneNumber',
	sid: 'PNaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
	name: '+14155550100',
	settings: { SmsUrl: '', SmsMethod: 'POST', SmsApplicationSid: '' },
};
const INBOUND: Target = {
	kind: 'serviceInbound',
	sid: 'MGaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
	name: 'Front desk',
	settings: { InboundRequestUrl: '', InboundMethod: 'POST', UseInboundWebhookOnNumber: 'false' },
};
const STATUS: Target = { ...INBOUND, kind: 'serviceStatus', settings: { StatusCallback: '' } };

/** What a trigger stored that took a number or service whose settings were these. */
const registration = ({ settings, ...target }: Target, before = {}): Registration => ({
	...target,
	accountSid: 'ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
	webhookUrl: 'https://n8n.example.com/webhook/1/webhook',
	snapshot: { ...settings, ...before },
});

describe('what something else uses', () => {
	it('is refused with the number, what uses it and every way out', () => {
		const error = inUseError(NODE, NUMBER, 'https://example.com/sms');
		expect(error.message).toBe('Texts to +14155550100 already go to https://example.com/sms');
		expect(error.description).toMatch(/"If the Number or Service Is in Use" to "Replace"/);
		expect(error.description).toMatch(/put back when you unpublish the workflow/);
		expect(error.description).toMatch(/clear it in the Twilio Console/);
		expect(error.description).toMatch(/choose something else to listen on/);
	});

	it.each([
		[INBOUND, 'Texts to the Messaging Service "Front desk" already go to https://example.com/sms'],
		[
			STATUS,
			'Status updates of the Messaging Service "Front desk" already go to https://example.com/sms',
		],
	])('is refused with the service and what is taken from it', (target, message) => {
		expect(inUseError(NODE, target, 'https://example.com/sms').message).toBe(message);
	});

	// n8n looks for codes such as EEXIST in any spelling and inside of words.
	it('is refused with its address even where n8n would put words of its own', () => {
		const { message } = inUseError(NODE, NUMBER, 'https://preexisting.example.com/sms');
		expect(message).toContain('https://preexisting.example.com/sms');
	});
});

describe('an address that is read and logged', () => {
	it.each([
		['a password', 'https://user:s3cret@example.com/sms'],
		['a password with an @', 'https://user:s3@cret@example.com/sms'],
		['a user name', 'https://s3cret@example.com/sms'],
		['a token in the query', 'https://example.com/sms?token=s3cret'],
		['a token in the fragment', 'https://example.com/sms#s3cret'],
		['a token in the query, with a line break', 'https://example.com/sms?a=b\ns3cret'],
		['a password and a token', 'https://s3cret:s3cret@example.com/sms?s3cret#s3cret'],
	])('does not repeat %s', (_, url) => {
		expect(redactUrl(url)).toBe('https://example.com/sms');
	});

	it.each([
		'https://example.com/@me/sms',
		'http://example.com:8080/sms',
		'https://example.com',
		'',
	])('is otherwise as it is: %j', (url) => {
		expect(redactUrl(url)).toBe(url);
	});
});

describe('a number in a Messaging Service', () => {
	const error = (inboundUrl: string | null) =>
		serviceInFrontError(NODE, '+14155550100', {
			friendly_name: 'Front desk',
			inbound_request_url: inboundUrl,
		} as TwilioMessagingService);

	it('is refused with the service and both remedies', () => {
		const { message, description } = error('https://example.com/sms');
		expect(message).toBe(
			'+14155550100 is in the Messaging Service "Front desk", which receives the texts to it',
		);
		expect(description).toMatch(/"Listen On" to "Messaging Service" and choose "Front desk"/);
		expect(description).toMatch(/Twilio Console.*Front desk.*"Defer to sender's webhook"/);
	});

	it.each(['', null])('is said to get no texts at all from a service without a URL: %j', (url) => {
		expect(error(url).message).toContain('which drops the texts to it');
	});
});

describe('what could not be put back', () => {
	const cause = refusedError(NODE, 401, { code: 20003, message: 'Authenticate.' });

	it('is named with the reason and where to go', () => {
		const error = restoreFailedError(NODE, registration(NUMBER), cause);
		expect(error.message).toBe(
			'The webhook of +14155550100 could not be put back: Twilio did not accept this credential',
		);
		expect(error.description).toMatch(/still points to this workflow, which no longer listens/);
		expect(error.description).toMatch(
			/Twilio Console.*Phone Numbers > \+14155550100.*"A message comes in"/,
		);
	});

	it.each([
		[INBOUND, /Messaging > Services > Front desk > Integration and/],
		[STATUS, /Messaging > Services > Front desk > Integration > Delivery status and/],
	])('is a service with the page it is on', (target, place) => {
		const error = restoreFailedError(NODE, registration(target), cause);
		expect(error.message).toContain('The webhook of Front desk could not be put back');
		expect(error.description).toMatch(place);
	});

	it.each<[string, Target, object, string]>([
		['nothing', NUMBER, {}, 'leave the address empty'],
		['an address', NUMBER, { SmsUrl: 'https://example.com/sms' }, 'enter https://example.com/sms'],
		[
			'an application',
			NUMBER,
			{ SmsUrl: 'https://example.com/sms', SmsApplicationSid: APPLICATION },
			`choose the TwiML application ${APPLICATION}`,
		],
		['nothing', INBOUND, {}, 'leave the address empty'],
		[
			'an address',
			INBOUND,
			{ InboundRequestUrl: 'https://example.com/in' },
			'enter https://example.com/in',
		],
		[
			"the numbers' own webhooks",
			INBOUND,
			{ InboundRequestUrl: 'https://example.com/in', UseInboundWebhookOnNumber: 'true' },
			'choose "Defer to sender\'s webhook"',
		],
		[
			'an address',
			STATUS,
			{ StatusCallback: 'https://example.com/status' },
			'enter https://example.com/status.',
		],
		[
			'an address and its method',
			NUMBER,
			{ SmsUrl: 'https://example.com/sms', SmsMethod: 'GET' },
			'enter https://example.com/sms with HTTP GET',
		],
	])('is described as it was before: %s', (_, target, before, expected) => {
		const error = restoreFailedError(NODE, registration(target, before), cause);
		expect(error.description).toContain(expected);
	});

	it('is described without a password or a token, and with a word that there is more', () => {
		const SmsUrl = 'https://user:s3cret@example.com/sms?token=s3cret';
		const error = restoreFailedError(NODE, registration(NUMBER, { SmsUrl }), cause);
		expect(error.description).toMatch(/enter https:\/\/example\.com\/sms \(and what/);
		expect(error.description).not.toContain('s3cret');
	});

	it('ends the reason with one full stop, whatever else is in it', () => {
		const cause = new Error('api.twilio.com is away. Sorry.');
		expect(restoreFailedError(NODE, registration(NUMBER), cause).message).toBe(
			'The webhook of +14155550100 could not be put back: api.twilio.com is away. Sorry',
		);
	});

	it('says whatever the reason is', () => {
		const error = restoreFailedError(NODE, registration(NUMBER), new Error('No such thing'));
		expect(error.message).toContain('No such thing');
	});

	it('is nothing that n8n set where the address was entered by hand', () => {
		const byHand: Registration = {
			...registration(NUMBER),
			kind: 'manual',
			name: '',
			snapshot: {},
		};
		const error = restoreFailedError(NODE, byHand, new Error('No such thing'));
		expect(error.message).toBe('No such thing');
		expect(error.description).toBeFalsy();
	});
});

it('says that there is no such Messaging Service, or none chosen, and how to choose one', () => {
	const unknown = noServiceError(NODE, 'MGaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa');
	expect(unknown.message).toContain('no Messaging Service MGaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa');
	expect(noServiceError(NODE, '').message).toBe('No Messaging Service is chosen');
	for (const { description } of [unknown, noServiceError(NODE, '')]) {
		expect(description).toMatch(/from the list.*begins with MG/);
	}
});

it('says that incoming texts need the Auth Token, which an API key is not', () => {
	const error = missingAuthTokenError(NODE);
	expect(error.message).toContain('no Auth Token');
	expect(error.description).toContain('never with an API key');
});

it('says that the Auth Token is wrong, and that the API key is not', () => {
	const error = wrongAuthTokenError(NODE);
	expect(error.message).toMatch(/Auth Token is not the one.*no incoming text could be verified/);
	expect(error.description).toMatch(/API key is right.*Twilio Console into the credential/);
});

it('says that a number has no status updates, and what has', () => {
	const error = statusOfNumberError(NODE);
	expect(error.message).toContain('no status updates');
	expect(error.description).toMatch(/"Messaging Service".*"Set Up by Hand".*Status Callback URL/);
});

describe('what uses a number or service', () => {
	const ID = '3f2a7c1e-8b7d-4f6a-9a51-0c2d6f1e7b90';
	const own = {
		baseUrls: ['https://n8n.example.com'],
		url: `https://n8n.example.com/webhook/${ID}`,
	};
	const STUDIO = `https://webhooks.twilio.com/v1/Accounts/AC${'a'.repeat(32)}/Flows/FW${'b'.repeat(32)}`;
	const OTHER = 'https://n8n.example.com/webhook/11111111-8b7d-4f6a-9a51-0c2d6f1e7b90/webhook';
	const used = (settings: object) => ({ ...NUMBER, settings: { ...NUMBER.settings, ...settings } });

	it.each<[string, Target, string]>([
		['nothing', NUMBER, ''],
		[
			'an application, whatever the address is',
			used({ SmsUrl: 'https://example.com/sms', SmsApplicationSid: APPLICATION }),
			`the TwiML application ${APPLICATION}`,
		],
		['a Studio flow', used({ SmsUrl: `${STUDIO}#rc=1` }), `the Studio flow at ${STUDIO}`],
		[
			'another site with the path of one',
			used({ SmsUrl: STUDIO.replace('webhooks.', 'example.com/webhooks.') }),
			STUDIO.replace('webhooks.', 'example.com/webhooks.'),
		],
		['what is behind a flow', used({ SmsUrl: `${STUDIO}/more` }), `${STUDIO}/more`],
		[
			'a site behind which stands a flow',
			used({ SmsUrl: `http://example.com/${STUDIO}` }),
			`http://example.com/${STUDIO}`,
		],
		['a workflow', used({ SmsUrl: OTHER }), `another workflow of this n8n at ${OTHER}`],
		[
			'a site, without its secrets',
			used({ SmsUrl: 'https://user:s3cret@example.com/sms?key=s3cret' }),
			'https://example.com/sms',
		],
		[
			'a site of a service that defers to its numbers',
			{
				...INBOUND,
				settings: {
					...INBOUND.settings,
					InboundRequestUrl: 'https://example.com/in',
					UseInboundWebhookOnNumber: 'true',
				},
			},
			'https://example.com/in',
		],
		[
			"a service's site",
			{
				...INBOUND,
				settings: { ...INBOUND.settings, InboundRequestUrl: 'https://example.com/in' },
			},
			'https://example.com/in',
		],
	])('is named: %s', (_, target, use) => {
		expect(useOf(target, own)).toBe(use);
	});
});

it('says which number the account does not have', () => {
	expect(notOwnedError(NODE, '+14155550100').message).toContain('+14155550100');
	expect(notOwnedError(NODE, '+14155550100').description).toContain('credential of the account');
});

it('says which account the number belongs to', () => {
	const { message } = otherAccountError(NODE, registration(NUMBER));
	expect(message).toContain('+14155550100');
	expect(message).toContain('ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa');
});

it('says where the number was set up, when that is not where the credential is for', () => {
	const set = { ...registration(NUMBER), apiOrigin: 'https://api.twilio.com' };
	expect(otherApiError(NODE, set).message).toBe(
		'+14155550100 was set up at https://api.twilio.com, but the credential has another region or base URL now',
	);
});

describe('as n8n shows only the message, it says what to do as well:', () => {
	const context = { getNode: () => NODE } as unknown as IHookFunctions;
	const saying = async (thrown: unknown) =>
		await sayingWhatToDo(context, async () => {
			throw thrown;
		}).catch((error: unknown) => error as NodeOperationError);

	it('what happened, a full stop, what to do', async () => {
		const error = await saying(
			new NodeOperationError(NODE, 'It broke', { description: 'Mend it.' }),
		);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect((error as Error).message).toBe('It broke. Mend it.');
	});

	it('and nothing besides, as n8n 1.x would show that alone', async () => {
		const error = await saying(
			new NodeOperationError(NODE, 'It broke', { description: 'Mend it.' }),
		);
		expect((error as NodeOperationError).description).toBeFalsy();
	});

	it("one full stop after Twilio's words, which have their own", async () => {
		const refused = refusedError(NODE, 400, { code: 99999, message: 'No. 1 is not valid.' });
		const error = await saying(refused);
		expect(error).toBeInstanceOf(NodeApiError);
		expect((error as Error).message).toMatch(/^No\. 1 is not valid\. Change what/);
	});

	it('what happened alone when there is nothing to do', async () => {
		expect(await saying(new Error('It broke'))).toMatchObject({ message: 'It broke' });
	});

	it('and what went well is passed on, with the trigger at hand', async () => {
		const step = async (n8n: IHookFunctions) => {
			return n8n.getNode().name;
		};
		await expect(sayingWhatToDo(context, step)).resolves.toBe('Twilio SMS Trigger');
	});
});
