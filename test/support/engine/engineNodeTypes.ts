import type {
	EngineResponse,
	IDataObject,
	IExecuteFunctions,
	INodeType,
	INodeTypeDescription,
	INodeTypes,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { TwilioSms } from '../../../nodes/TwilioSms/TwilioSms.node';
import { TwilioSmsTrigger } from '../../../nodes/TwilioSms/TwilioSmsTrigger.node';

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

/** Stands in for nodes that replace the items by others, which n8n cannot follow back. */
class Replace implements INodeType {
	description: INodeTypeDescription = {
		...new PassOn().description,
		properties: [{ displayName: 'Items', name: 'items', type: 'json', default: [] }],
	};

	async execute(this: IExecuteFunctions) {
		const items = this.getNodeParameter('items', 0) as IDataObject[];
		return [items.map((json) => ({ json }))];
	}
}

/** Stands in for loops: passes its items on by the first output once, then by the second. */
class PassOnTwice implements INodeType {
	description: INodeTypeDescription = {
		...new PassOn().description,
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
	};

	async execute(this: IExecuteFunctions) {
		const isFirst = this.getWorkflowDataProxy(0).$runIndex === 0;
		return isFirst ? [this.getInputData(), []] : [[], this.getInputData()];
	}
}

/** Stands in for AI agents: has n8n call the tool named in its parameter once for each item. */
class CallTool implements INodeType {
	description: INodeTypeDescription = {
		...new PassOn().description,
		properties: [{ displayName: 'Tool', name: 'tool', type: 'string', default: '' }],
	};

	async execute(this: IExecuteFunctions, response?: EngineResponse) {
		if (response?.actionResponses.length) {
			return [response.actionResponses.flatMap(({ data }) => data.data?.ai_tool?.[0] ?? [])];
		}
		const actions = this.getInputData().map((_, itemIndex) => ({
			actionType: 'ExecutionNodeAction' as const,
			nodeName: this.getNodeParameter('tool', itemIndex) as string,
			input: { Message: `Answer ${itemIndex}` },
			type: NodeConnectionTypes.AiTool,
			id: String(itemIndex),
			metadata: { itemIndex },
		}));
		return { actions, metadata: {} };
	}
}

const NODES: Record<string, INodeType> = {
	[`${PACKAGE}.twilioSms`]: new TwilioSms(),
	[`${PACKAGE}.twilioSmsTrigger`]: new TwilioSmsTrigger(),
	'n8n-nodes-base.manualTrigger': new PassOn(),
	'n8n-nodes-base.noOp': new PassOn(),
	'n8n-nodes-base.code': new Replace(),
	'n8n-nodes-base.if': new PassOnTwice(),
	'@n8n/n8n-nodes-langchain.agent': new CallTool(),
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
