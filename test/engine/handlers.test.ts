import type { INodeParameters } from 'n8n-workflow';
import { NodeHelpers, Workflow } from 'n8n-workflow';
import { engineNodeTypes, PACKAGE } from '../support/engine/engineNodeTypes';
import type { TriggerOnTwilio } from '../support/engine/triggerOnTwilio';
import { startTriggerOnTwilio } from '../support/engine/triggerOnTwilio';
import { OUR_NUMBER, PERSON } from '../support/twilioAccount';

const RULES = [
	{ name: 'Order', condition: 'keyword', value: 'order, buy, #menu' },
	{ name: 'Thanks', condition: 'contains', value: 'thank' },
	{ name: 'Greeting', condition: 'startsWith', value: 'good m' },
	{ name: 'Number', condition: 'regex', value: '^#\\d+$' },
	{ name: 'Boss', condition: 'from', value: '+1 (415) 555-0177' },
	{ name: 'Picture', condition: 'hasMedia' },
	{ name: 'Opt-out', condition: 'optOut', value: 'STOP' },
];

let twilio: TriggerOnTwilio;
let trigger: TriggerOnTwilio['trigger'];

const withRules = (rules: object[]) => ({ handlers: { rules } }) as unknown as INodeParameters;

beforeEach(async () => {
	twilio = await startTriggerOnTwilio(withRules(RULES));
	({ trigger } = twilio);
});

afterEach(async () => await twilio.close());

/** The index of the output on which a text came out. */
async function outputOf(text: Partial<Parameters<typeof twilio.account.receive>[0]>) {
	await twilio.account.receive({ from: PERSON, to: OUR_NUMBER, body: '', ...text });
	return trigger.started.findIndex((items) => items.length > 0);
}

describe('a message', () => {
	beforeEach(async () => await trigger.activate());

	it.each([
		['its first word, in any case', 'ORDER 2 pizzas', 0],
		['its first word before a sign', 'Buy, please!', 0],
		['its first word, given with a sign', 'menu', 0],
		['a part of it', 'Oh, many Thanks', 1],
		['its beginning', 'Good morning', 2],
		['a pattern', '#42', 3],
		['an opt-out word', 'Stop', 6],
		['nothing', 'I would like to order', 7],
		['nothing, when it is empty', '', 7],
	])('goes to the handler that matches %s', async (_, body, output) => {
		expect(await outputOf({ body })).toBe(output);
		expect(trigger.started).toHaveLength(RULES.length + 1);
	});

	it('goes to the handler for its sender', async () => {
		expect(await outputOf({ from: '+14155550177', body: 'Hi' })).toBe(4);
	});

	it('goes to the handler for pictures', async () => {
		const media = [{ contentType: 'image/png', content: Buffer.from('png') }];
		expect(await outputOf({ media })).toBe(5);
	});

	it('goes to the first of several that match, and to that only', async () => {
		await outputOf({ body: 'order, thank you' });
		expect(trigger.started.filter((items) => items.length)).toHaveLength(1);
		expect(trigger.started[0]).toHaveLength(1);
	});

	it('is routed the same way when not simplified', async () => {
		trigger.parameters = { ...withRules(RULES), simplify: false };
		expect(await outputOf({ body: 'order' })).toBe(0);
		expect(trigger.started[0]).toMatchObject([{ json: { Body: 'order' } }]);
	});
});

describe('the outputs in the editor', () => {
	const outputs = (parameters: INodeParameters) => {
		const type = `${PACKAGE}.twilioSmsTrigger`;
		const { description } = engineNodeTypes.getByNameAndVersion(type);
		const node = {
			id: '1',
			name: 'Trigger',
			type,
			typeVersion: 2,
			position: [0, 0] as [number, number],
			parameters,
		};
		const workflow = new Workflow({
			nodes: [node],
			connections: {},
			active: false,
			nodeTypes: engineNodeTypes,
		});
		return NodeHelpers.getNodeOutputs(workflow, workflow.getNode('Trigger')!, description);
	};

	it('are one without handlers', () => {
		expect(outputs({})).toEqual([{ type: 'main' }]);
	});

	it('have the names of the handlers, and "Other" last', () => {
		expect(outputs(withRules([{ name: 'Order' }, { name: 'Thanks' }]))).toEqual([
			{ type: 'main', displayName: 'Order' },
			{ type: 'main', displayName: 'Thanks' },
			{ type: 'main', displayName: 'Other' },
		]);
	});

	it('are one for status events, which have no handlers', () => {
		expect(outputs({ ...withRules([{ name: 'Order' }]), event: 'messageStatus' })).toEqual([
			{ type: 'main' },
		]);
	});
});

describe('a handler that cannot be right', () => {
	it.each([
		[{ name: 'A', condition: 'regex', value: '(' }, /The handler "A" has a pattern/],
		[{ name: 'B', condition: 'regex', value: '(?=x)' }, /The handler "B" has a pattern/],
		[{ name: 'C', condition: 'keyword', value: ' ' }, /The handler "C" has no value/],
		[{ name: 'D', condition: 'contains', value: ', ,' }, /The handler "D" has no value/],
		[
			{ name: 'E', condition: 'keyword', value: 'Order now' },
			/The handler "E" has the keyword "Order now", which is not one word.*"Starts With"/,
		],
		[{ name: 'F', condition: 'keyword', value: 'hi, 👍' }, /the keyword "👍", which is not one/],
		[{ name: 'Preexisting', condition: 'from', value: '' }, /The handler "Preexisting" has no/],
		[
			// What was entered while it was a keyword.
			{ name: 'H', condition: 'optOut', value: 'order, buy' },
			/The handler "H" looks for "order, buy", which is no kind of opt-out word.*under "Kind"/,
		],
		[
			{ name: 'G', condition: 'keyword', value: '={{ $json.body. }}' },
			/The handler "G" has an expression that n8n cannot read/,
		],
	])(
		'keeps the workflow from being switched on and from listening for a test: %j',
		async (rule, message) => {
			trigger.parameters = withRules([rule]);
			await expect(trigger.activate()).rejects.toThrow(message);
			await expect(trigger.startTestListen()).rejects.toThrow(message);
			expect(twilio.account.requests.filter(({ method }) => method === 'POST')).toEqual([]);
		},
	);

	it.each(['', 'HELP', 'START', 'STOP', "={{ 'STOP' }}"])(
		'is none that looks for an opt-out word of this kind: %j',
		async (value) => {
			trigger.parameters = withRules([{ name: 'A', condition: 'optOut', value }]);
			await trigger.activate();
			expect(await outputOf({ body: 'Hi' })).toBe(1);
		},
	);

	it('does not cost the message when an expression made it so', async () => {
		await trigger.activate();
		trigger.parameters = withRules([{ name: 'A', condition: 'regex', value: '={{ "(" }}' }]);
		expect(await outputOf({ body: 'Hi' })).toBe(1);
	});

	it('costs no message when n8n cannot evaluate it, which goes on to the others and to "Other"', async () => {
		await trigger.activate();
		const broken = {
			name: 'A',
			condition: 'keyword',
			value: "={{ $('Nowhere').first().json.word }}",
		};
		const order = { name: 'B', condition: 'keyword', value: 'order' };
		trigger.parameters = withRules([broken, order]);
		expect(await outputOf({ body: 'order' })).toBe(1);
		trigger.started.length = 0;
		expect(await outputOf({ body: 'Hi' })).toBe(2);
		expect(trigger.log.join()).toMatch(/"handlers" was left out, as n8n could not evaluate it/);
	});

	it('is not judged before there is a message, when an expression makes it', async () => {
		trigger.parameters = withRules([
			{ name: 'A', condition: 'keyword', value: '={{ $json.body.Body }}' },
		]);
		await trigger.activate();
		expect(await outputOf({ body: 'Hi' })).toBe(0);
	});

	it('cannot hang n8n with a pattern that would take for ever', async () => {
		trigger.parameters = withRules([{ name: 'A', condition: 'regex', value: '^(a+)+$' }]);
		await trigger.activate();
		expect(await outputOf({ body: `${'a'.repeat(1500)}!` })).toBe(1);
	});
});
