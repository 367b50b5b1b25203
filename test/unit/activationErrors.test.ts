import type { IHookFunctions, INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { refusedError } from '../../nodes/TwilioSms/shared/errors';
import type { TwilioPhoneNumber } from '../../nodes/TwilioSms/shared/types';
import {
	foreignWebhookError,
	missingAuthTokenError,
	notOwnedError,
	otherAccountError,
	restoreFailedError,
	sayingWhatToDo,
} from '../../nodes/TwilioSms/trigger/activationErrors';
import type { Registration, Snapshot } from '../../nodes/TwilioSms/trigger/registrationStore';

const NODE: INode = {
	id: '1',
	name: 'Twilio SMS Trigger',
	type: 'n8n-nodes-twilio-sms.twilioSmsTrigger',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
const APPLICATION = 'APaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';

const number = (smsUrl: string | null, application = '') =>
	({
		phone_number: '+14155550100',
		sms_url: smsUrl,
		sms_application_sid: application,
	}) as TwilioPhoneNumber;

const registration = (snapshot: Partial<Snapshot> = {}): Registration => ({
	accountSid: 'ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
	phoneNumberSid: 'PNaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
	phoneNumber: '+14155550100',
	webhookUrl: 'https://n8n.example.com/webhook/1/webhook',
	snapshot: { smsUrl: '', smsMethod: 'POST', smsApplicationSid: '', ...snapshot },
});

describe('a number that something else uses', () => {
	it('is refused with its name, the address its texts go to and every way out', () => {
		const error = foreignWebhookError(NODE, number('https://example.com/sms'));
		expect(error.message).toBe('Texts to +14155550100 already go to https://example.com/sms');
		expect(error.description).toMatch(/"If the Number Is in Use" to "Replace"/);
		expect(error.description).toMatch(/clear it in the Twilio Console/);
		expect(error.description).toMatch(/choose another number/);
	});

	it('is refused with the application, for which Twilio ignores the address', () => {
		const error = foreignWebhookError(NODE, number('https://example.com/sms', APPLICATION));
		expect(error.message).toContain(`the TwiML application ${APPLICATION}`);
		expect(error.message).not.toContain('example.com');
	});

	it.each([
		['a password', 'https://user:s3cret@example.com/sms'],
		['a password with an @', 'https://user:s3@cret@example.com/sms'],
		['a user name', 'https://s3cret@example.com/sms'],
		['a token in the query', 'https://example.com/sms?token=s3cret'],
		['a token in the fragment', 'https://example.com/sms#s3cret'],
		['a token in the query, with a line break', 'https://example.com/sms?a=b\ns3cret'],
	])('is refused without repeating %s', (_, url) => {
		const { message } = foreignWebhookError(NODE, number(url));
		expect(message).toBe('Texts to +14155550100 already go to https://example.com/sms');
	});

	it('is refused with an address that has an @ in its path as it is', () => {
		const { message } = foreignWebhookError(NODE, number('https://example.com/@me/sms'));
		expect(message).toContain('https://example.com/@me/sms');
	});

	// n8n looks for codes such as EEXIST in any spelling and inside of words.
	it('is refused with its address even where n8n would put words of its own', () => {
		const { message } = foreignWebhookError(NODE, number('https://preexisting.example.com/sms'));
		expect(message).toContain('https://preexisting.example.com/sms');
	});
});

describe('a number that could not be put back', () => {
	const cause = refusedError(NODE, 401, { code: 20003, message: 'Authenticate' });

	it('is named with the reason and where to go', () => {
		const error = restoreFailedError(NODE, registration(), cause);
		expect(error.message).toBe('The webhook of +14155550100 could not be put back: Authenticate');
		expect(error.description).toMatch(
			/Twilio Console.*Phone Numbers > \+14155550100.*"A message comes in"/,
		);
	});

	it.each<[string, Partial<Snapshot>, string]>([
		['nothing', {}, 'leave the address empty'],
		[
			'an address',
			{ smsUrl: 'https://example.com/sms', smsMethod: 'GET' },
			'enter https://example.com/sms (GET)',
		],
		[
			'an application',
			{ smsUrl: 'https://example.com/sms', smsApplicationSid: APPLICATION },
			`choose the TwiML application ${APPLICATION}`,
		],
	])('is described as it was before: %s', (_, snapshot, expected) => {
		const error = restoreFailedError(NODE, registration(snapshot), cause);
		expect(error.description).toContain(expected);
	});

	it('is described without a password or a token', () => {
		const smsUrl = 'https://user:s3cret@example.com/sms?token=s3cret';
		const error = restoreFailedError(NODE, registration({ smsUrl }), cause);
		expect(error.description).toContain('https://example.com/sms');
		expect(error.description).not.toContain('s3cret');
	});

	it('says whatever the reason is', () => {
		const error = restoreFailedError(NODE, registration(), new Error('No such thing'));
		expect(error.message).toContain('No such thing');
	});
});

it('says that incoming texts need the Auth Token, which an API key is not', () => {
	const error = missingAuthTokenError(NODE);
	expect(error.message).toContain('no Auth Token');
	expect(error.description).toContain('never with an API key');
});

it('says which number the account does not have', () => {
	expect(notOwnedError(NODE, '+14155550100').message).toContain('+14155550100');
	expect(notOwnedError(NODE, '+14155550100').description).toContain('credential of the account');
});

it('says which account the number belongs to', () => {
	const { message } = otherAccountError(NODE, registration());
	expect(message).toContain('+14155550100');
	expect(message).toContain('ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa');
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

	it("one full stop after Twilio's words, which have their own", async () => {
		const refused = refusedError(NODE, 400, { code: 21211, message: 'Not a valid number.' });
		const error = await saying(refused);
		expect(error).toBeInstanceOf(NodeApiError);
		expect((error as Error).message).toMatch(/^Not a valid number\. Check the recipient/);
	});

	it('what happened alone when there is nothing to do', async () => {
		expect(await saying(new Error('It broke'))).toMatchObject({ message: 'It broke' });
	});

	it('and what went well is passed on, with the trigger at hand', async () => {
		const step = async function (this: IHookFunctions) {
			return this.getNode().name;
		};
		await expect(sayingWhatToDo(context, step)).resolves.toBe('Twilio SMS Trigger');
	});
});
