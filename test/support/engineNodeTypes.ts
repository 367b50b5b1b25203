import type { IExecuteFunctions, INodeType, INodeTypeDescription, INodeTypes } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { TwilioSms } from '../../nodes/TwilioSms/TwilioSms.node';
import { TwilioSmsTrigger } from '../../nodes/TwilioSms/TwilioSmsTrigger.node';

export const PACKAGE = 'n8n-nodes-twilio-sms';

/** Stands in for nodes of n8n itself that only pass their items on, so that workflows can start. */
class PassOn implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Pass On',
		name: 'passOn',
		group: ['trigger'],
		version: 1,
		description: 'Passes its items on',
		defaults: { name: 'Pass On' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	};

	async execute(this: IExecuteFunctions) {
		return [this.getInputData()];
	}
}

const NODES: Record<string, INodeType> = {
	[`${PACKAGE}.twilioSms`]: new TwilioSms(),
	[`${PACKAGE}.twilioSmsTrigger`]: new TwilioSmsTrigger(),
	'n8n-nodes-base.manualTrigger': new PassOn(),
	'n8n-nodes-base.noOp': new PassOn(),
};

export const engineNodeTypes: INodeTypes = {
	getByName: (type) => NODES[type],
	getByNameAndVersion(type) {
		const node = NODES[type];
		if (!node) throw new Error(`The engine tests know no node type ${type}`);
		return node;
	},
	getKnownTypes: () => ({}),
};
