import type { INodeParameters, INodeType, INodeTypes } from 'n8n-workflow';
import { resolveWebhookDescriptionField, Workflow } from 'n8n-workflow';
import { TwilioSmsTrigger } from '../../nodes/TwilioSms/TwilioSmsTrigger.node';

const METHODS: Array<[method: string, parameters: INodeParameters]> = [
	['POST', { event: 'incomingMessage', receiveBy: 'webhook' }],
	['', { event: 'incomingMessage', receiveBy: 'polling' }],
	['POST', { event: 'messageStatus', receiveBy: 'webhook' }],
	// The editor keeps what was chosen in a field that it hides now.
	['POST', { event: 'messageStatus', receiveBy: 'polling' }],
];

/** The trigger as a release of n8n loads it that has nothing but expressions. */
async function triggerInOlderN8n(): Promise<INodeType> {
	let trigger: INodeType | undefined;
	await jest.isolateModulesAsync(async () => {
		jest.doMock('n8n-workflow', () => ({
			...jest.requireActual<object>('n8n-workflow'),
			fromFunction: undefined,
			webhookDescriptionFields: undefined,
		}));
		const module = await import('../../nodes/TwilioSms/TwilioSmsTrigger.node');
		trigger = new module.TwilioSmsTrigger();
	});
	return trigger!;
}

/** What n8n's expressions make of the description's method. */
function evaluated(trigger: INodeType, parameters: INodeParameters): unknown {
	const nodeTypes = { getByNameAndVersion: () => trigger } as unknown as INodeTypes;
	const node = {
		id: '1',
		name: 'Trigger',
		type: 'twilioSmsTrigger',
		typeVersion: 2,
		position: [0, 0] as [number, number],
		parameters,
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	return workflow.expression.getSimpleParameterValue(
		workflow.getNode('Trigger')!,
		trigger.description.webhooks![0].httpMethod,
		'internal',
		{},
	);
}

describe('the webhook that n8n registers', () => {
	it.each(METHODS)('has the method "%s" for %j, without an expression for each text', (...row) => {
		const [method, parameters] = row;
		const [webhook] = new TwilioSmsTrigger().description.webhooks!;
		expect(resolveWebhookDescriptionField({ parameters }, webhook, 'httpMethod')).toEqual({
			resolved: true,
			value: method,
		});
	});

	it.each(METHODS)(
		'has the method "%s" for %j as an expression, too',
		async (method, parameters) => {
			expect(evaluated(new TwilioSmsTrigger(), parameters)).toBe(method);
			expect(evaluated(await triggerInOlderN8n(), parameters)).toBe(method);
		},
	);
});
