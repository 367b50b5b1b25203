import 'reflect-metadata';
import { SupplyDataContext } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	IRunExecutionData,
} from 'n8n-workflow';
import { NodeConnectionTypes, Workflow } from 'n8n-workflow';
import { additionalData } from './engine';
import { engineNodeTypes, PACKAGE } from './engineNodeTypes';

/**
 * The Twilio SMS node as a tool in n8n-core's own context for tools, called by an agent that runs
 * its tools by itself.
 */
export async function callTool(
	settings: Partial<INode>,
	input: IDataObject,
	credential: ICredentialDataDecryptedObject,
): Promise<INodeExecutionData[]> {
	const workflow = new Workflow({
		id: 'workflow',
		nodes: [
			{
				id: 'tool',
				name: 'Twilio SMS',
				type: `${PACKAGE}.twilioSms`,
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
				credentials: { twilioSmsApi: { id: '1', name: 'Twilio' } },
				...settings,
			},
		],
		connections: {},
		active: false,
		nodeTypes: engineNodeTypes,
	});
	const node = workflow.getNode('Twilio SMS')!;
	const run = { resultData: { runData: {} }, executionData: { contextData: {} } };
	const items = [{ json: input }];
	const context = new SupplyDataContext(
		workflow,
		node,
		additionalData(credential),
		'manual',
		run as unknown as IRunExecutionData,
		0,
		items,
		{ [NodeConnectionTypes.AiTool]: [items] },
		NodeConnectionTypes.AiTool,
		{ data: {}, node, source: null },
		[],
	);
	await workflow.expression.acquireIsolate();
	try {
		const tool = engineNodeTypes.getByNameAndVersion(node.type);
		const outputs = await tool.execute!.call(context as unknown as IExecuteFunctions);
		return (outputs as INodeExecutionData[][])[0];
	} finally {
		await workflow.expression.releaseIsolate();
	}
}
