import type { IConnections, IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { runTwilioSms, runWorkflow, toNodeRun } from '../support/engine/engine';
import { PACKAGE } from '../support/engine/engineNodeTypes';
import type { TwilioAccount } from '../support/twilioAccount';
import { OUR_NUMBER, PERSON, startTwilioAccount } from '../support/twilioAccount';

const OTHER_NUMBER = '+14155550111';
const ANNA = '+14155550124';

let twilio: TwilioAccount;

beforeEach(async () => {
	twilio = await startTwilioAccount({ statusDelay: 60_000 });
	twilio.account.resources.addNumber({ phoneNumber: OTHER_NUMBER });
});

afterEach(async () => await twilio.simulator.close());

const SID = 'SM0123456789abcdef0123456789abcdef';
const incoming = { messageSid: SID, from: PERSON, to: OTHER_NUMBER, body: 'Hi', channel: 'sms' };
const rawIncoming = {
	MessageSid: SID,
	SmsStatus: 'received',
	From: PERSON,
	To: OTHER_NUMBER,
	Body: 'Hi',
};

const REPLY = { resource: 'message', operation: 'reply', message: 'Thanks' };

const forms = () =>
	twilio.account.requests
		.filter(({ method }) => method === 'POST')
		.map(({ form }) => Object.fromEntries(form));

const replyTo = (items: IDataObject[], parameters: INodeParameters = {}) =>
	runTwilioSms({ ...REPLY, ...parameters }, twilio.credential, { items });

interface Step {
	type: string;
	parameters?: INodeParameters;
}

/** The Twilio SMS Trigger with these items, then these nodes, then the reply. */
async function replyAfter(
	items: IDataObject[],
	between: Step[],
	parameters: INodeParameters = {},
	triggerType = `${PACKAGE}.twilioSmsTrigger`,
) {
	const nodes: INode[] = [
		{ type: triggerType, name: 'When Texted' },
		...between.map((step, index) => ({ ...step, name: `Node ${index}` })),
		{ type: `${PACKAGE}.twilioSms`, name: 'Twilio SMS', parameters: { ...REPLY, ...parameters } },
	].map((node, index) => ({
		parameters: {},
		...node,
		id: String(index),
		typeVersion: 1,
		position: [index * 200, 0],
	}));
	const connections = Object.fromEntries(
		nodes
			.slice(0, -1)
			.map(({ name }, index) => [
				name,
				{ main: [[{ node: nodes[index + 1].name, type: 'main' as const, index: 0 }]] },
			]),
	);
	const pinData = { 'When Texted': items.map((json) => ({ json })) };
	return toNodeRun(await runWorkflow({ nodes, connections, pinData }, twilio.credential));
}

const passOn: Step = { type: 'n8n-nodes-base.noOp' };
const replaceBy = (...items: IDataObject[]): Step => ({
	type: 'n8n-nodes-base.code',
	parameters: { items: items as unknown as INodeParameters },
});

describe('a reply', () => {
	it.each([
		['an item of the trigger', incoming],
		['an item of the trigger that is not simplified', rawIncoming],
		['a received message looked up', { ...incoming, status: 'received', direction: 'inbound' }],
		['nothing but the numbers and the SID', { messageSid: SID, from: PERSON, to: OTHER_NUMBER }],
	])('goes to the sender, from the number that was texted, for %s', async (_, item) => {
		const { items, error } = await replyTo([item]);
		expect(error).toBeUndefined();
		expect(forms()).toEqual([{ From: OTHER_NUMBER, To: PERSON, Body: 'Thanks' }]);
		expect(items).toMatchObject([
			{ json: { from: OTHER_NUMBER, to: PERSON, body: 'Thanks' }, pairedItem: { item: 0 } },
		]);
	});

	it.each([incoming, rawIncoming])(
		'goes through the Messaging Service by which the message came, from the same number',
		async (item) => {
			const { sid } = twilio.account.resources.addService({
				friendlyName: 'S',
				numbers: [OTHER_NUMBER],
			});
			const name = 'messageSid' in item ? 'messagingServiceSid' : 'MessagingServiceSid';
			await replyTo([{ ...item, [name]: sid }]);
			expect(forms()).toEqual([
				{ MessagingServiceSid: sid, From: OTHER_NUMBER, To: PERSON, Body: 'Thanks' },
			]);
			expect(twilio.account.messages.at(-1)).toMatchObject({ messaging_service_sid: sid });
		},
	);

	it('stays on WhatsApp', async () => {
		await replyTo([{ ...incoming, from: `whatsapp:${PERSON}`, to: `whatsapp:${OTHER_NUMBER}` }]);
		expect(forms()).toMatchObject([{ From: `whatsapp:${OTHER_NUMBER}`, To: `whatsapp:${PERSON}` }]);
	});

	it('answers each of several messages', async () => {
		const { items } = await replyTo([incoming, { ...incoming, from: ANNA, to: OUR_NUMBER }], {
			message: '=You are {{ $json.from }}',
		});
		expect(items).toMatchObject([
			{ json: { to: PERSON, from: OTHER_NUMBER, body: `You are ${PERSON}` } },
			{ json: { to: ANNA, from: OUR_NUMBER, body: `You are ${ANNA}` } },
		]);
	});

	it('can carry media, with a text or without', async () => {
		const mediaUrls = ['https://example.com/menu.jpg'];
		await replyTo([incoming], { message: '', options: { mediaUrls } });
		expect(forms()).toEqual([{ From: OTHER_NUMBER, To: PERSON, MediaUrl: mediaUrls[0] }]);
	});

	it('has something in it', async () => {
		const { error } = await replyTo([incoming], { message: '' });
		expect(error?.message).toBe('The message is empty');
		expect(twilio.account.requests).toEqual([]);
	});
});

describe('behind other nodes', () => {
	it.each([incoming, rawIncoming])('answers the message that was passed on', async (item) => {
		await replyAfter([item], [passOn, passOn]);
		expect(forms()).toMatchObject([{ From: OTHER_NUMBER, To: PERSON }]);
	});

	it.each([incoming, rawIncoming])(
		'answers the message of the trigger when its item was replaced',
		async (item) => {
			await replyAfter([item], [passOn, replaceBy({ output: 'Certainly!' }), passOn], {
				message: '={{ $json.output }}',
			});
			expect(forms()).toEqual([{ From: OTHER_NUMBER, To: PERSON, Body: 'Certainly!' }]);
		},
	);

	it('answers the right one of several messages, by the links between the items', async () => {
		await replyAfter(
			[incoming, { ...incoming, from: ANNA }],
			[replaceBy({ output: 'One' }, { output: 'Two' })],
			{ message: '={{ $json.output }}' },
		);
		expect(twilio.account.messages).toMatchObject([
			{ to: PERSON, body: 'One' },
			{ to: ANNA, body: 'Two' },
		]);
	});

	it('answers the only message when the links are lost', async () => {
		const two = replaceBy({ a: 1 }, { a: 2 });
		const three = replaceBy({ output: 'One' }, { output: 'Two' }, { output: 'Three' });
		await replyAfter([incoming], [two, three], { message: '={{ $json.output }}' });
		expect(twilio.account.messages).toMatchObject([
			{ to: PERSON, body: 'One' },
			{ to: PERSON, body: 'Two' },
			{ to: PERSON, body: 'Three' },
		]);
	});

	it('answers nobody when the links are lost and there were several messages', async () => {
		const three = replaceBy({ a: 1 }, { a: 2 }, { a: 3 });
		const { error } = await replyAfter([incoming, { ...incoming, from: ANNA }], [three]);
		expect(error?.message).toBe('There is no incoming message to reply to');
		expect(twilio.account.requests).toEqual([]);
	});

	it('answers the person, not the message that another node sent meanwhile', async () => {
		const notifyOwner = {
			type: `${PACKAGE}.twilioSms`,
			parameters: { resource: 'message', operation: 'send', to: ANNA, message: 'A customer!' },
		};
		await replyAfter([incoming], [notifyOwner]);
		expect(twilio.account.messages).toMatchObject([
			{ to: ANNA, from: OUR_NUMBER },
			{ to: PERSON, from: OTHER_NUMBER, body: 'Thanks' },
		]);
	});
});

describe('as a tool of an AI agent', () => {
	const agentReplies = async (items: IDataObject[], between: Step[] = []) => {
		const names = ['When Texted', ...between.map((_, index) => `Node ${index}`), 'Agent'];
		const nodes = [
			{ type: `${PACKAGE}.twilioSmsTrigger` },
			...between,
			{ type: '@n8n/n8n-nodes-langchain.agent', parameters: { tool: 'Twilio SMS' } },
			{
				type: `${PACKAGE}.twilioSms`,
				parameters: { ...REPLY, message: "={{ $fromAI('Message') }}" },
			},
		].map((node, index) => ({
			parameters: {},
			...node,
			id: String(index),
			name: names[index] ?? 'Twilio SMS',
			typeVersion: 1,
			position: [index * 200, 0] as [number, number],
		}));
		const connections: IConnections = {
			'Twilio SMS': { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
		};
		names.slice(0, -1).forEach((name, index) => {
			connections[name] = { main: [[{ node: names[index + 1], type: 'main', index: 0 }]] };
		});
		const pinData = { 'When Texted': items.map((json) => ({ json })) };
		return await runWorkflow({ nodes, connections, pinData }, twilio.credential);
	};

	it.each([incoming, rawIncoming])('answers the message the agent got', async (item) => {
		await agentReplies([item]);
		expect(forms()).toEqual([{ From: OTHER_NUMBER, To: PERSON, Body: 'Answer 0' }]);
	});

	it('answers the message of the trigger when the agent got something else', async () => {
		await agentReplies([incoming], [replaceBy({ chatInput: 'Hi' })]);
		expect(forms()).toEqual([{ From: OTHER_NUMBER, To: PERSON, Body: 'Answer 0' }]);
	});
});

describe('where there is nothing to reply to', () => {
	it.each([
		['an item of another kind', { name: 'Anna' }],
		['an address without a message', { from: PERSON, to: OTHER_NUMBER }],
		['a message that went out', { ...incoming, direction: 'outbound-api' }],
		['news of a message that went out', { ...incoming, status: 'delivered' }],
		['the same, not simplified', { ...rawIncoming, MessageStatus: 'sent', SmsStatus: 'sent' }],
	])('says so and what to do, for %s', async (_, item) => {
		const { error } = await replyTo([item]);
		expect(error?.message).toBe('There is no incoming message to reply to');
		expect(error?.description).toMatch(/Twilio SMS Trigger.*operation Send/);
		expect(twilio.account.requests).toEqual([]);
	});

	it('does not take the items of another trigger for messages', async () => {
		const { error } = await replyAfter(
			[incoming],
			[replaceBy({ a: 1 })],
			{},
			'n8n-nodes-base.manualTrigger',
		);
		expect(error?.message).toBe('There is no incoming message to reply to');
	});

	it('says so for its own item only when the node continues on errors', async () => {
		const { items } = await runTwilioSms(REPLY, twilio.credential, {
			items: [incoming, { name: 'Anna' }],
			onError: 'continueRegularOutput',
		});
		expect(items).toMatchObject([
			{ json: { to: PERSON }, pairedItem: { item: 0 } },
			{ json: { error: 'There is no incoming message to reply to' }, pairedItem: { item: 1 } },
		]);
	});
});
