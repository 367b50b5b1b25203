import { LoadOptionsContext } from 'n8n-core';
import { Workflow } from 'n8n-workflow';
import { TwilioSms } from '../../nodes/TwilioSms/TwilioSms.node';
import { additionalData } from '../support/engine/engine';
import { engineNodeTypes, PACKAGE } from '../support/engine/engineNodeTypes';
import type { TwilioAccount } from '../support/twilioAccount';
import { OUR_NUMBER, startTwilioAccount } from '../support/twilioAccount';

const { listSearch } = new TwilioSms().methods;

let twilio: TwilioAccount;

beforeEach(async () => {
	twilio = await startTwilioAccount();
});

afterEach(async () => await twilio.simulator.close());

/** What the editor shows when somebody opens a picker and types. */
async function listed(method: keyof typeof listSearch, filter = ''): Promise<string[][]> {
	const workflow = new Workflow({
		nodes: [
			{
				id: '1',
				name: 'Twilio SMS',
				type: `${PACKAGE}.twilioSms`,
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
				credentials: { twilioSmsApi: { id: '1', name: 'Twilio' } },
			},
		],
		connections: {},
		active: false,
		nodeTypes: engineNodeTypes,
	});
	const node = workflow.getNode('Twilio SMS')!;
	const context = new LoadOptionsContext(workflow, node, additionalData(twilio.credential), '');
	const { results } = await listSearch[method].call(context, filter);
	return results.map(({ name, value }) => [name, String(value)]);
}

it('lists content templates with their language and what WhatsApp says about them', async () => {
	const { resources } = twilio.account;
	const body = 'Hi {{1}}';
	const { sid } = resources.addTemplate({ friendlyName: 'welcome', body, approval: 'approved' });
	const other = resources.addTemplate({ friendlyName: 'bye', body, language: 'de' });
	expect(await listed('searchContents')).toEqual([
		['welcome (en, WhatsApp: approved)', sid],
		['bye (de)', other.sid],
	]);
	expect(await listed('searchContents', 'WELC')).toHaveLength(1);
});

describe('the senders', () => {
	beforeEach(() => {
		twilio.account.resources.addOtherSender({ address: '12345' });
		twilio.account.resources.addOtherSender({ address: 'whatsapp:+14155238886' });
		twilio.account.resources.addOtherSender({ address: 'rcs:shop_agent' });
	});

	it('are the numbers, the short codes and the WhatsApp senders of the account', async () => {
		expect(await listed('searchSenders')).toEqual([
			[`The shop (${OUR_NUMBER})`, OUR_NUMBER],
			['Short code 12345', '12345'],
			['WhatsApp: The shop +14155238886', 'whatsapp:+14155238886'],
		]);
		expect(await listed('searchSenders', 'short')).toEqual([['Short code 12345', '12345']]);
	});

	it.each([401, 403, 404])(
		'are the numbers alone where others may not be asked for: %d',
		async (status) => {
			const path = /ShortCodes|Senders/;
			twilio.account.conditions.fail({ path, with: { status }, times: Infinity });
			expect(await listed('searchSenders')).toEqual([[`The shop (${OUR_NUMBER})`, OUR_NUMBER]]);
		},
	);
});

it('the trigger is offered the numbers alone, whose webhook it can set', async () => {
	twilio.account.resources.addOtherSender({ address: '12345' });
	expect(await listed('searchPhoneNumbers')).toEqual([[`The shop (${OUR_NUMBER})`, OUR_NUMBER]]);
});

it.each([
	'searchContents',
	'searchMessagingServices',
	'searchPhoneNumbers',
	'searchSenders',
] as const)('%s says in one line what is wrong with the credential', async (method) => {
	twilio.credential.authToken = 'wrong';
	await expect(listed(method)).rejects.toThrow('Twilio did not accept this credential');
});
